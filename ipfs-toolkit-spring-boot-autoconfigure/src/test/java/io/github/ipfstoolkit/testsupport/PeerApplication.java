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

package io.github.ipfstoolkit.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.ipfstoolkit.autoconfigure.IpfsApiAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsContactsAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsFileAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsListenerAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsNodeAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsTemplateAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsTransmissionAutoConfiguration;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Makes a class an application that can send and receive all that there is, and that
 * starts faster than with every auto-configuration on the class path.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ IpfsApiAutoConfiguration.class, IpfsNodeAutoConfiguration.class,
		IpfsContactsAutoConfiguration.class, IpfsTemplateAutoConfiguration.class,
		IpfsTransmissionAutoConfiguration.class, IpfsFileAutoConfiguration.class, IpfsListenerAutoConfiguration.class })
public @interface PeerApplication {

}
