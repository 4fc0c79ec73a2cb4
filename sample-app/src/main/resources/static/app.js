'use strict';

const $ = (id) => document.getElementById(id);

async function call(method, path, body) {
  const options = { method };
  if (body instanceof FormData) {
    options.body = body;
  } else if (body !== undefined) {
    options.headers = { 'Content-Type': 'application/json' };
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options);
  const text = await response.text();
  const value = text ? JSON.parse(text) : null;
  if (!response.ok) {
    throw new Error(value?.detail ?? response.statusText);
  }
  return value;
}

// Everything from other peers is shown as text, never as markup.
function element(tag, text, className) {
  const node = document.createElement(tag);
  node.textContent = text;
  if (className) {
    node.className = className;
  }
  return node;
}

function report(error) {
  const text = error instanceof Error ? error.message : error;
  $('result').textContent = text;
  $('result').className = error instanceof Error ? 'error' : '';
}

async function showNode() {
  try {
    const node = await call('GET', '/api/node');
    $('node').textContent = `Kubo ${node.kuboVersion}, ${node.connectedPeers} connected peer(s)`;
    const details = $('details');
    details.replaceChildren(element('dt', 'Peer ID'), element('dd', node.peerId));
    node.addresses.forEach((address) => details.append(element('dt', 'Address'), element('dd', address)));
  } catch (error) {
    $('node').textContent = error.message;
  }
}

async function showContacts() {
  const contacts = await call('GET', '/api/contacts');
  $('contacts').replaceChildren(...contacts.map((contact) => {
    const item = element('li', contact.name);
    const connect = element('button', 'Connect');
    connect.onclick = async () => {
      try {
        const { connected } = await call('POST', `/api/contacts/${encodeURIComponent(contact.name)}/connect`);
        report(connected ? `Connected to ${contact.name}` : new Error(`${contact.name} is not reachable`));
        await showNode();
      } catch (error) {
        report(error);
      }
    };
    item.append(connect, element('div', contact.peerId, 'meta'));
    return item;
  }));
  for (const form of [$('send'), $('talk'), $('send-file')]) {
    const selected = form.to.value;
    form.to.replaceChildren(...contacts.map((contact) => element('option', contact.name)));
    if (selected) {
      form.to.value = selected;
    }
  }
}

function showMessage(sender, text, time, own) {
  const item = element('li', text, own ? 'own' : '');
  item.append(element('div', `${sender}, ${new Date(time).toLocaleTimeString()}`, 'meta'));
  $('messages').append(item);
  $('messages').scrollTop = $('messages').scrollHeight;
}

$('add-contact').onsubmit = async (event) => {
  event.preventDefault();
  const { name, peerId, address } = event.target;
  try {
    await call('POST', '/api/contacts',
      { name: name.value, peerId: peerId.value, addresses: address.value ? [address.value] : [] });
    event.target.reset();
    await showContacts();
    report('Contact saved');
  } catch (error) {
    report(error);
  }
};

$('send').onsubmit = async (event) => {
  event.preventDefault();
  const { to, text } = event.target;
  try {
    const { millis } = await call('POST', '/api/messages', { to: to.value, text: text.value });
    showMessage(`to ${to.value} in ${millis.toFixed(1)} ms`, text.value, Date.now(), true);
    text.value = '';
    report('');
  } catch (error) {
    report(error);
  }
};

$('talk').onsubmit = async (event) => {
  event.preventDefault();
  const { to, messages } = event.target;
  const said = messages.value.split('\n').filter((line) => line.trim());
  try {
    const { replies } = await call('POST', '/api/conversations', { to: to.value, messages: said });
    $('replies').replaceChildren(...said.flatMap((message, index) => {
      const reply = element('li', replies[index]);
      reply.append(element('div', to.value, 'meta'));
      return [element('li', message, 'own'), reply];
    }));
    report('');
  } catch (error) {
    report(error);
  }
};

async function showFiles() {
  const files = await call('GET', '/api/files');
  $('files').replaceChildren(...files.map((file) => {
    const item = element('li', file.name);
    item.append(element('div', `${file.size} bytes from ${file.from}, SHA-256 ${file.sha256}`, 'meta'));
    return item;
  }));
}

$('send-file').onsubmit = async (event) => {
  event.preventDefault();
  try {
    const { name, size, millis } = await call('POST', '/api/files', new FormData(event.target));
    report(`${name} (${size} bytes) sent in ${millis.toFixed(1)} ms`);
    event.target.file.value = '';
  } catch (error) {
    report(error);
  }
};

const arriving = new EventSource('/api/messages/stream');
arriving.onopen = () => $('messages').replaceChildren();
arriving.onmessage = (event) => {
  const message = JSON.parse(event.data);
  showMessage(message.contact ?? message.from, message.text, message.receivedAt, false);
};

showNode();
showContacts().catch(report);
showFiles().catch(report);
setInterval(showNode, 5000);
setInterval(() => showFiles().catch(report), 5000);
