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

package io.github.ipfstoolkit.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import io.github.ipfstoolkit.contacts.ContactTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the contact book.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.contacts")
public class IpfsContactsProperties {

	/**
	 * Where contacts are kept. By default in a file where Spring Data JPA, Hibernate and
	 * H2 are on the class path, otherwise in memory.
	 */
	private @Nullable Store store;

	/**
	 * File of the embedded H2 database, without its suffix '.mv.db'. By default
	 * 'contacts' in the directory that 'ipfs.data-directory' names.
	 */
	private @Nullable Path databaseFile;

	/**
	 * When to create the tables in the application's data source. Has no effect on the
	 * toolkit's own file, in which they are always created.
	 */
	private InitializeSchema initializeSchema = InitializeSchema.EMBEDDED;

	/**
	 * How long connecting to a peer may take.
	 */
	private Duration connectTimeout = ContactTemplate.DEFAULT_CONNECT_TIMEOUT;

	/**
	 * Whether loopback and private addresses at which a contact was reached are
	 * remembered.
	 */
	private boolean rememberPrivateAddresses = true;

	/**
	 * After what time an address at which a contact was reached is forgotten, once
	 * another one has worked. By default none is, up to 32 of a contact.
	 */
	private @Nullable Duration forgetAddressesAfter;

	/**
	 * Whether the node is told to hold a connection to each contact all the time.
	 */
	private boolean keepConnected;

	public @Nullable Store getStore() {
		return this.store;
	}

	public void setStore(@Nullable Store store) {
		this.store = store;
	}

	public @Nullable Path getDatabaseFile() {
		return this.databaseFile;
	}

	public void setDatabaseFile(@Nullable Path databaseFile) {
		this.databaseFile = databaseFile;
	}

	public InitializeSchema getInitializeSchema() {
		return this.initializeSchema;
	}

	public void setInitializeSchema(InitializeSchema initializeSchema) {
		this.initializeSchema = initializeSchema;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public boolean isRememberPrivateAddresses() {
		return this.rememberPrivateAddresses;
	}

	public void setRememberPrivateAddresses(boolean rememberPrivateAddresses) {
		this.rememberPrivateAddresses = rememberPrivateAddresses;
	}

	public @Nullable Duration getForgetAddressesAfter() {
		return this.forgetAddressesAfter;
	}

	public void setForgetAddressesAfter(@Nullable Duration forgetAddressesAfter) {
		this.forgetAddressesAfter = forgetAddressesAfter;
	}

	public boolean isKeepConnected() {
		return this.keepConnected;
	}

	public void setKeepConnected(boolean keepConnected) {
		this.keepConnected = keepConnected;
	}

	/**
	 * Where contacts are kept.
	 */
	public enum Store {

		/**
		 * In an embedded H2 database in a file of the toolkit's own.
		 */
		FILE,

		/**
		 * In the application's data source.
		 */
		APPLICATION,

		/**
		 * In memory, until the application ends.
		 */
		MEMORY

	}

	/**
	 * When tables are created in the application's data source.
	 */
	public enum InitializeSchema {

		/**
		 * Always.
		 */
		ALWAYS,

		/**
		 * Where it is an in-memory database.
		 */
		EMBEDDED,

		/**
		 * Never.
		 */
		NEVER

	}

}
