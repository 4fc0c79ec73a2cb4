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

package io.github.ipfstoolkit.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.ipfstoolkit.listener.IpfsListenerType;

import org.springframework.core.annotation.AliasFor;

/**
 * Marks a method that takes the files which peers send to a listener's name.
 * <pre class="code">
 * &#064;IpfsFileListener("files")
 * void onFile(ReceivedFile file) { … }
 * </pre>
 * <p>
 * What is said for {@link IpfsListener} holds. The payload is a
 * {@link io.github.ipfstoolkit.transmission.file.ReceivedFile}: complete, in its place,
 * and the application's from now on. When the method throws, the file is deleted and its
 * sender learns that it was refused, but for a Python sender, which can not be told: its
 * file is kept.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@IpfsListener(value = "", type = IpfsListenerType.FILE)
@Repeatable(IpfsFileListeners.class)
public @interface IpfsFileListener {

	/**
	 * Name of the listener, which peers send to.
	 * @return the name
	 */
	@AliasFor(annotation = IpfsListener.class)
	String value();

	/**
	 * Where the files are put. By default that of
	 * {@code ipfs.transmission.files.directory}.
	 * @return the directory
	 */
	@AliasFor(annotation = IpfsListener.class)
	String directory() default "";

	/**
	 * Name of a bean of type
	 * {@link io.github.ipfstoolkit.transmission.file.FileProgressListener} that is told
	 * how far the files of this listener are, or an expression for such an object. Beans
	 * of that type are told of the files of all listeners, but for one that is declared
	 * with {@code @Bean(defaultCandidate = false)}, as the one that is named here has to
	 * be. By default nobody else is told.
	 * @return the name
	 */
	@AliasFor(annotation = IpfsListener.class)
	String progress() default "";

	/**
	 * ID of the listener, by default {@code file:} and the listener's name.
	 * @return the ID
	 * @see IpfsListener#id()
	 */
	@AliasFor(annotation = IpfsListener.class)
	String id() default "";

	/**
	 * How many files are handled at the same time. How many are received is another
	 * matter, see {@code ipfs.transmission.files.max-transfers}.
	 * @return a positive number
	 * @see IpfsListener#concurrency()
	 */
	@AliasFor(annotation = IpfsListener.class)
	String concurrency() default "";

	/**
	 * Whether the listener starts with the application.
	 * @return {@code true} or {@code false}
	 * @see IpfsListener#autoStartup()
	 */
	@AliasFor(annotation = IpfsListener.class)
	String autoStartup() default "";

	/**
	 * Name of the bean that deals with failures.
	 * @return the name
	 * @see IpfsListener#errorHandler()
	 */
	@AliasFor(annotation = IpfsListener.class)
	String errorHandler() default "";

	/**
	 * Name of the bean on which files are received and handled.
	 * @return the name
	 * @see IpfsListener#executor()
	 */
	@AliasFor(annotation = IpfsListener.class)
	String executor() default "";

}
