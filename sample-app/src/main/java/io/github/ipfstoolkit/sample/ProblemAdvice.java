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

package io.github.ipfstoolkit.sample;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.contacts.ContactExistsException;
import io.github.ipfstoolkit.contacts.ContactNotFoundException;
import io.github.ipfstoolkit.contacts.InvalidContactException;
import io.github.ipfstoolkit.transmission.EmptyMessageException;
import io.github.ipfstoolkit.transmission.InvalidPeerException;
import io.github.ipfstoolkit.transmission.ListenerNotFoundException;
import io.github.ipfstoolkit.transmission.PeerNotFoundException;
import io.github.ipfstoolkit.transmission.PeerUnknownException;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.conversation.ListenTimeoutException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers failures, those of the toolkit and those of Spring MVC, as problems with the
 * fitting status.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Map<Class<? extends IpfsException>, HttpStatus> STATUS = new LinkedHashMap<>();

	static {
		STATUS.put(InvalidIdentifierException.class, HttpStatus.BAD_REQUEST);
		STATUS.put(InvalidContactException.class, HttpStatus.BAD_REQUEST);
		STATUS.put(InvalidPeerException.class, HttpStatus.BAD_REQUEST);
		STATUS.put(EmptyMessageException.class, HttpStatus.BAD_REQUEST);
		STATUS.put(ContactNotFoundException.class, HttpStatus.NOT_FOUND);
		STATUS.put(ContactExistsException.class, HttpStatus.CONFLICT);
		STATUS.put(NodeUnreachableException.class, HttpStatus.SERVICE_UNAVAILABLE);
		STATUS.put(PeerUnknownException.class, HttpStatus.NOT_FOUND);
		STATUS.put(PeerNotFoundException.class, HttpStatus.GATEWAY_TIMEOUT);
		STATUS.put(ListenerNotFoundException.class, HttpStatus.GATEWAY_TIMEOUT);
		STATUS.put(TransmissionTimeoutException.class, HttpStatus.GATEWAY_TIMEOUT);
		STATUS.put(ListenTimeoutException.class, HttpStatus.GATEWAY_TIMEOUT);
		STATUS.put(IpfsTimeoutException.class, HttpStatus.GATEWAY_TIMEOUT);
	}

	@ExceptionHandler
	ProblemDetail handle(IpfsException ex) {
		HttpStatus status = STATUS.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().isInstance(ex))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(HttpStatus.BAD_GATEWAY);
		return ProblemDetail.forStatusAndDetail(status, ex.getMessage());
	}

	/**
	 * A CID, peer ID or address that is none is found out while the request is read, and
	 * so is what is missing: the detail says what is wrong.
	 */
	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ResponseEntity<Object> response = super.handleExceptionInternal(ex, body, headers, status, request);
		if (response != null && response.getBody() instanceof ProblemDetail problem && status.is4xxClientError()) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof IpfsException || cause instanceof IllegalArgumentException) {
					problem.setDetail(cause.getMessage());
				}
			}
		}
		return response;
	}

}
