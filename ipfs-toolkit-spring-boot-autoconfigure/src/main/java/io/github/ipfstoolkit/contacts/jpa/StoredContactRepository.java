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

package io.github.ipfstoolkit.contacts.jpa;

import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;

import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;

/**
 * The queries on the contact tables. Not a bean: an application that scans widely for
 * repositories is not to find it.
 */
@NoRepositoryBean
interface StoredContactRepository extends JpaRepository<StoredContact, String> {

	@Override
	@EntityGraph(attributePaths = "addresses")
	List<StoredContact> findAll();

	@EntityGraph(attributePaths = "addresses")
	Optional<StoredContact> findByName(String name);

	@EntityGraph(attributePaths = "addresses")
	Optional<StoredContact> findByPeerId(String peerId);

	@Query("select contact from StoredContact contact where contact.name = ?1")
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	Optional<StoredContact> lockByName(String name);

	boolean existsByName(String name);

}
