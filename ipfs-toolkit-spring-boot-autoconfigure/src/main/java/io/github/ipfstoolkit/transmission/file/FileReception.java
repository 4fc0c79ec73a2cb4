/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ipfstoolkit.transmission.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.DecryptionException;
import io.github.ipfstoolkit.transmission.Observers;
import io.github.ipfstoolkit.transmission.Offer;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all files that one listener receives. Safe for use by several
 * threads.
 */
final class FileReception {

	private static final Log logger = LogFactory.getLog(FileReception.class);

	private static final String PARTS = ".parts";

	private static final String BROKEN = "broken";

	/**
	 * How much may arrive until the free space is looked at again: others use it too.
	 */
	private static final long SPACE_CHECK = 64 * 1024 * 1024;

	/**
	 * How much is read, hashed and written at a time: as long as it is in the processor's
	 * cache.
	 */
	private static final int CHUNK = 128 * 1024;

	/**
	 * How long a complete file waits for its turn between two signs of life.
	 */
	private static final Duration TURN_CHECK = Duration.ofMillis(500);

	private final String listener;

	private final FileReceiverOptions options;

	private final AcceptancePolicy acceptance;

	private final @Nullable FileContents contents;

	private final FileHandler handler;

	/**
	 * Runs what must not hold up a transfer.
	 */
	private final Executor executor;

	private final Observers<FileTransferObserver> observers;

	/**
	 * As many files are handled at the same time.
	 */
	private final Semaphore turns;

	private final TransferLimits limits;

	private final Inbox inbox;

	private final PartStore parts;

	/**
	 * Transfers that are under way, by what identifies them.
	 */
	private final Map<String, Transfer> running = new ConcurrentHashMap<>();

	private volatile boolean stopping;

	FileReception(String listener, int concurrency, FileReceiverOptions options, AcceptancePolicy acceptance,
			@Nullable FileContents contents, FileHandler handler, Executor executor,
			Observers<FileTransferObserver> observers, FreeSpace space) {
		this.listener = listener;
		this.turns = new Semaphore(concurrency, true);
		this.observers = observers;
		this.options = options;
		this.acceptance = acceptance;
		this.contents = contents;
		this.handler = handler;
		this.executor = executor;
		this.limits = new TransferLimits(options, space);
		this.inbox = new Inbox(options.directory());
		Path directory = options.directory().resolve(PARTS).resolve(PartStore.directoryName(listener));
		this.parts = new PartStore(directory, options.partMaxAge(), options.partsMaxSize());
	}

	/**
	 * Makes the directory ready.
	 */
	void open() {
		try {
			this.parts.open();
		}
		catch (IOException ex) {
			throw new IpfsException("Files can not be received into %s: %s".formatted(this.options.directory(), ex),
					ex);
		}
	}

	/**
	 * Takes no further file.
	 */
	void stop() {
		this.stopping = true;
	}

	/**
	 * Receives the file that a conversation is about.
	 */
	void receive(Conversation conversation) {
		new Transfer(conversation).run();
	}

	/**
	 * One file.
	 */
	private final class Transfer {

		private final Conversation conversation;

		private final CountDownLatch ended = new CountDownLatch(1);

		private final long start = System.nanoTime();

		private String name = "";

		Transfer(Conversation conversation) {
			this.conversation = conversation;
		}

		void run() {
			try {
				try {
					receive(listenToOffer());
				}
				catch (MalformedOfferException ex) {
					throw new RefusedException(FileRefusal.MALFORMED, String.valueOf(ex.getMessage()));
				}
				catch (IOException ex) {
					logger.error("A file for '%s' could not be written to %s".formatted(FileReception.this.listener,
							FileReception.this.options.directory()), ex);
					throw new RefusedException(FileRefusal.FAILED, "the file could not be written");
				}
			}
			catch (RefusedException ex) {
				tellOfFailure(ex.refusal().code());
				refuse(ex);
			}
			catch (DecryptionException ex) {
				tellOfFailure(RefusalReason.UNDECRYPTABLE.code());
				logger.warn("What peer %s has sent to '%s' can not be decrypted: %s".formatted(this.conversation.peer(),
						FileReception.this.listener, ex.getMessage()));
				// the conversation is closed with that reason, not encrypted
				throw ex;
			}
			catch (IpfsException ex) {
				tellOfFailure(BROKEN);
				logger.debug("A transfer to '%s' broke".formatted(FileReception.this.listener), ex);
			}
		}

		private void tellOfFailure(String reason) {
			FileReception.this.observers
				.tell((observer) -> observer.receiveFailed(FileReception.this.listener, reason));
		}

		private void receive(FileOffer offer) throws RefusedException, MalformedOfferException, IOException {
			this.name = ReceivedName.of(offer.name()).toString();
			String key = "%s %s %s".formatted(this.conversation.peer(), offer.transferId(), offer.callId());
			if (offer.callId() != null && !offer.callId().isEmpty()) {
				replace(FileReception.this.running.put(key, this));
			}
			try (TransferLimits.Place place = enter()) {
				check(offer);
				if (offer.cid() != null) {
					fetch(offer, offer.cid(), place);
				}
				else {
					receiveBlocks(offer, place);
				}
			}
			finally {
				FileReception.this.running.remove(key, this);
				this.ended.countDown();
			}
		}

		/**
		 * Ends the transfer that this one goes on with. Its sender has noticed that it
		 * broke, which this end may not have.
		 */
		private void replace(@Nullable Transfer broken) throws IOException {
			if (broken != null) {
				broken.conversation.close();
				try {
					if (!broken.ended.await(FileReception.this.options.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
						logger.debug("A broken transfer to '%s' goes on".formatted(FileReception.this.listener));
					}
				}
				catch (InterruptedException ex) {
					throw new InterruptedIOException("Interrupted, as the listener stops");
				}
			}
		}

		private TransferLimits.Place enter() throws RefusedException {
			if (FileReception.this.stopping) {
				throw new RefusedException(FileRefusal.STOPPING, "");
			}
			return FileReception.this.limits.enter(this.conversation.peer());
		}

		private void refuse(RefusedException reason) {
			try {
				this.conversation.say(FileMessage.refused(reason.refusal(), reason.detail()).toBytes());
			}
			catch (IpfsException ex) {
				logger.debug(
						"A sender to '%s' was not told why its file is refused".formatted(FileReception.this.listener),
						ex);
			}
		}

		private FileOffer listenToOffer() throws MalformedOfferException {
			byte[] message = listen();
			return this.conversation.isDirect() ? FileOffer.parseDirect(message)
					: FileOffer.parseClassic(message, this.conversation.peerName());
		}

		private byte[] listen() {
			return this.conversation.listen(FileReception.this.options.timeout());
		}

		private void say(FileMessage message) {
			this.conversation.say(message.toBytes());
		}

		private void check(FileOffer offer) throws RefusedException {
			long max = FileReception.this.options.maxFileSize().toBytes();
			if (offer.size() > max) {
				throw new RefusedException(FileRefusal.TOO_LARGE, "it takes files of up to %d bytes".formatted(max));
			}
			if (!isAccepted(offer)) {
				throw new RefusedException(FileRefusal.FORBIDDEN, "");
			}
		}

		private boolean isAccepted(FileOffer offer) throws RefusedException {
			Offer question = Offer.of(this.conversation.peer(), FileReception.this.listener, offer.size());
			try {
				return FileReception.this.acceptance.accepts(question);
			}
			catch (RuntimeException ex) {
				logger.error("Could not decide whether to accept %s, so it is refused".formatted(question), ex);
				throw new RefusedException(FileRefusal.FAILED, "");
			}
		}

		private void receiveBlocks(FileOffer offer, TransferLimits.Place place)
				throws RefusedException, MalformedOfferException, IOException {
			try (Part part = FileReception.this.parts.take(this.conversation.peer(), offer.transferId())) {
				if (this.conversation.isDirect()) {
					agreeOnStart(offer, part, place);
				}
				else {
					place.reserve(offer.size());
					say(FileMessage.of(FileMessage.READY));
				}
				report(offer, part.size());
				try {
					appendBlocks(offer, part, place);
				}
				catch (DecryptionException ex) {
					part.discard();
					throw ex;
				}
				finish(offer, part);
			}
		}

		private void appendBlocks(FileOffer offer, Part part, TransferLimits.Place place)
				throws RefusedException, MalformedOfferException, IOException {
			ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(CHUNK, offer.size() - part.size()));
			Pace pace = new Pace(this.conversation.peer(), FileReception.this.options.timeout(), part.size());
			while (part.size() < offer.size()) {
				receiveBlock(offer, part, place, buffer, pace);
				report(offer, part.size());
			}
			if (this.conversation.isDirect()) {
				verify(part);
			}
		}

		/**
		 * Tells the sender what is there already, and learns where it begins.
		 */
		private void agreeOnStart(FileOffer offer, Part part, TransferLimits.Place place)
				throws RefusedException, MalformedOfferException, IOException {
			SignOfLife signOfLife = new SignOfLife(this.conversation);
			byte[] hash = part.readStart(offer.size(), () -> signOfLife.say(part.size()));
			place.reserve(offer.size() - part.size());
			say((part.size() > 0) ? FileMessage.ready(part.size(), hash) : FileMessage.of(FileMessage.READY));
			Pace pace = new Pace(this.conversation.peer(), FileReception.this.options.timeout(), 0);
			FileMessage answer = FileMessage.parse(pace.await(this.conversation::listen));
			while (answer.word().equals(FileMessage.PROGRESS)) {
				pace.reached(Math.min(answer.size(), part.size()));
				answer = FileMessage.parse(pace.await(this.conversation::listen));
			}
			long start = answer.size();
			if (!answer.word().equals(FileMessage.FROM) || (start != 0 && start != part.size())) {
				throw new MalformedOfferException("no start");
			}
			if (start < part.size()) {
				place.reserve(part.size());
				part.truncate();
			}
		}

		private void receiveBlock(FileOffer offer, Part part, TransferLimits.Place place, ByteBuffer buffer, Pace pace)
				throws RefusedException, MalformedOfferException, IOException {
			try (BlockInput block = new BlockInput(this.conversation, pace)) {
				boolean more = true;
				while (more) {
					try {
						more = fill(block, buffer.clear(), part.size(), pace);
					}
					finally {
						// where the conversation breaks, the next one goes on from here
						appendOffered(offer, part, buffer.flip(), place);
					}
				}
			}
		}

		private void appendOffered(FileOffer offer, Part part, ByteBuffer bytes, TransferLimits.Place place)
				throws RefusedException, MalformedOfferException, IOException {
			if (part.size() + bytes.remaining() > offer.size()) {
				throw new MalformedOfferException("more than the %d bytes offered".formatted(offer.size()));
			}
			append(part, bytes, place);
		}

		/**
		 * Fills a buffer: few large writes cost less than many small ones.
		 * @return whether the block goes on
		 */
		private static boolean fill(BlockInput block, ByteBuffer buffer, long position, Pace pace) {
			while (buffer.hasRemaining()) {
				if (block.read(buffer) < 0) {
					return false;
				}
				pace.reached(position + buffer.position());
			}
			return true;
		}

		private void append(Part part, ByteBuffer bytes, TransferLimits.Place place)
				throws RefusedException, IOException {
			long before = part.size();
			part.append(bytes);
			place.arrived(part.size() - before);
			if (before / SPACE_CHECK != part.size() / SPACE_CHECK) {
				place.checkSpace(0);
			}
		}

		/**
		 * Compares what has arrived with what the sender says that it has sent.
		 */
		private void verify(Part part) throws RefusedException, MalformedOfferException, IOException {
			FileMessage end = FileMessage.parse(listen());
			if (!end.word().equals(FileMessage.END)) {
				throw new MalformedOfferException("no end");
			}
			String sent = end.sha256();
			String arrived = Sha256.hex(part.hash());
			if (!arrived.equals(sent)) {
				part.discard();
				throw new RefusedException(FileRefusal.CORRUPTED,
						"what has arrived has the SHA-256 %s, not %s".formatted(arrived, sent));
			}
		}

		private void fetch(FileOffer offer, Cid cid, TransferLimits.Place place) throws RefusedException, IOException {
			FileContents contents = FileReception.this.contents;
			if (contents == null) {
				throw new RefusedException(FileRefusal.NO_CONTENT, "it takes no files by content");
			}
			try (Part part = FileReception.this.parts.take(this.conversation.peer(), null)) {
				place.reserve(offer.size());
				report(offer, 0);
				try (ContentInput content = new ContentInput(contents, cid, this.conversation,
						FileReception.this.options.timeout(), FileReception.this.executor)) {
					fetch(offer, content, part, place);
				}
				finish(offer, part);
			}
		}

		private void fetch(FileOffer offer, ContentInput content, Part part, TransferLimits.Place place)
				throws RefusedException, IOException {
			SignOfLife signOfLife = new SignOfLife(this.conversation);
			int count = content.read();
			while (count >= 0 && part.size() + count <= offer.size()) {
				append(part, ByteBuffer.wrap(content.bytes(), 0, count), place);
				report(offer, part.size());
				signOfLife.say(part.size());
				count = content.read();
			}
			if (part.size() != offer.size() || count >= 0) {
				throw new RefusedException(FileRefusal.NO_CONTENT,
						"the content has not the %d bytes offered".formatted(offer.size()));
			}
		}

		private void report(FileOffer offer, long bytes) {
			FileReception.this.options.progress()
				.onProgress(new FileProgress(this.conversation.peer(), FileReception.this.listener, this.name, bytes,
						offer.size()));
		}

		private void finish(FileOffer offer, Part part) throws RefusedException, IOException {
			awaitTurn(part);
			try {
				handOver(offer, part);
			}
			finally {
				FileReception.this.turns.release();
			}
		}

		/**
		 * Waits until the handler takes another file, for less than the time that the
		 * sender waits. All that has arrived stays a part meanwhile, which a sender that
		 * has left, or is told to try later, goes on with.
		 */
		private void awaitTurn(Part part) throws RefusedException, IOException {
			Semaphore turns = FileReception.this.turns;
			long deadline = System.nanoTime() + FileReception.this.options.timeout().dividedBy(2).toNanos();
			try {
				if (!this.conversation.isDirect()) {
					// its sender waits for nothing more, and could not be told
					turns.acquire();
					return;
				}
				while (!turns.tryAcquire(TURN_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
					if (System.nanoTime() - deadline > 0) {
						throw new RefusedException(FileRefusal.BUSY, "its listener is busy with other files");
					}
					say(FileMessage.of(FileMessage.PROGRESS, part.size()));
				}
			}
			catch (InterruptedException ex) {
				throw new InterruptedIOException("Interrupted, as the listener stops");
			}
		}

		private void handOver(FileOffer offer, Part part) throws RefusedException, IOException {
			byte[] hash = part.hash();
			Path path = part.moveTo(FileReception.this.inbox, ReceivedName.of(offer.name()));
			ReceivedFile file = new ReceivedFile(this.conversation.peer(), FileReception.this.listener, path, this.name,
					offer.size(), offer.metadata(), Sha256.hex(hash));
			handle(file);
			if (this.conversation.isDirect()) {
				say(new FileMessage(FileMessage.DONE, hash));
			}
			Duration duration = Duration.ofNanos(System.nanoTime() - this.start);
			FileReception.this.observers.tell((observer) -> observer.received(file, duration));
		}

		private void handle(ReceivedFile file) throws RefusedException, IOException {
			try {
				FileReception.this.handler.handle(file);
			}
			catch (Throwable ex) {
				logger.debug("The handler of '%s' failed".formatted(FileReception.this.listener), ex);
				if (this.conversation.isDirect()) {
					Files.deleteIfExists(file.path());
					throw new RefusedException(FileRefusal.FAILED, "its listener failed");
				}
				// a Python sender is not told and would not send it again
				logger.warn("The file %s is kept, as its sender %s can not be told that it was not accepted"
					.formatted(file.path(), file.sender()));
			}
		}

	}

}
