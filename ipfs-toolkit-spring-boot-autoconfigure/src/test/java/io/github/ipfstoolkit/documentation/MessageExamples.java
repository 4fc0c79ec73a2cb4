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
package io.github.ipfstoolkit.documentation;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.annotation.IpfsTopicListener;
import io.github.ipfstoolkit.annotation.Sender;
import io.github.ipfstoolkit.contacts.Contact;
import io.github.ipfstoolkit.contacts.ContactOperations;
import io.github.ipfstoolkit.core.TopicOperations;
import io.github.ipfstoolkit.listener.IpfsListenerErrorHandler;
import io.github.ipfstoolkit.p2p.ExposedService;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelOperations;
import io.github.ipfstoolkit.transmission.PeerNotFoundException;
import io.github.ipfstoolkit.transmission.TransmissionOperations;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.stereotype.Component;

/**
 * Examples of messages, topics, contacts and tunnels.
 */
final class MessageExamples {

	private MessageExamples() {
	}

	// tag::send[]
	@Component
	class Ordering {

		private static final Log logger = LogFactory.getLog(Ordering.class);

		private final TransmissionOperations transmissions;

		Ordering(TransmissionOperations transmissions) {
			this.transmissions = transmissions;
		}

		void order(String supplier, Order order, Path drawing) {
			try {
				this.transmissions.send(supplier, "orders", order);
				this.transmissions.send(supplier, "drawings", new FileSystemResource(drawing));
			}
			catch (PeerNotFoundException ex) {
				logger.warn(supplier + " can not be reached now", ex);
			}
			catch (TransmissionRefusedException ex) {
				logger.warn("%s does not take the order: %s".formatted(supplier, ex.getReason()), ex);
			}
		}

	}
	// end::send[]

	// tag::listen[]
	@Component
	class Orders {

		private static final Log logger = LogFactory.getLog(Orders.class);

		@IpfsListener("orders")
		void on(Order order, @Sender PeerId from, @Sender @Nullable Contact contact) {
			logger.info("%d of %s for %s".formatted(order.count(), order.article(),
					(contact != null) ? contact.name() : from));
		}

		@IpfsListener(value = "drawings", concurrency = "${drawings.concurrency:2}", errorHandler = "drawingErrors")
		void on(InputStream drawing) throws Exception {
			drawing.transferTo(System.out);
		}

	}
	// end::listen[]

	record Order(String article, int count) {
	}

	// tag::error-handler[]
	@Configuration(proxyBeanMethods = false)
	class ErrorHandling {

		private static final Log logger = LogFactory.getLog(ErrorHandling.class);

		@Bean
		IpfsListenerErrorHandler drawingErrors() {
			return (message, failure) -> {
				if (failure.getCause() instanceof IllegalArgumentException) {
					logger.warn("A drawing is thrown away", failure);
				}
				else {
					throw failure;
				}
			};
		}

	}
	// end::error-handler[]

	// tag::topics[]
	@Component
	class Weather {

		private final TopicOperations topics;

		Weather(TopicOperations topics) {
			this.topics = topics;
		}

		void tell(String forecast) {
			this.topics.publish("weather", forecast);
		}

		@IpfsTopicListener("weather")
		void hear(String forecast, @Sender PeerId from) {
			System.out.println(from + " says: " + forecast);
		}

	}
	// end::topics[]

	// tag::contacts[]
	@Component
	class Friends {

		private final ContactOperations contacts;

		Friends(ContactOperations contacts) {
			this.contacts = contacts;
		}

		boolean meet(String name, Multiaddr address) {
			this.contacts.add(name, address.peerId().orElseThrow(), address);
			return this.contacts.connect(name).connected();
		}

		List<String> reachable() {
			return this.contacts.list()
				.stream()
				.map(Contact::name)
				.filter((name) -> this.contacts.connect(name).connected())
				.toList();
		}

	}
	// end::contacts[]

	// tag::tunnels[]
	@Component
	class Web {

		private final TunnelOperations tunnels;

		Web(TunnelOperations tunnels) {
			this.tunnels = tunnels;
		}

		ExposedService share(int port) {
			return this.tunnels.expose("web", Multiaddr.tcp("127.0.0.1", port));
		}

		TunnelForward visit(PeerId peer) {
			TunnelForward forward = this.tunnels.forward(peer, "web", 9000);
			System.out.println("Open http://localhost:" + forward.address().getPort());
			return forward;
		}

	}
	// end::tunnels[]

}
