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
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter of a listener's method that takes who sent the message, as the node
 * has authenticated it: a {@link io.github.ipfstoolkit.PeerId}, its text as a
 * {@link String}, or any type for which there is a bean of type
 * {@link org.springframework.core.convert.converter.Converter} from {@code PeerId}, such
 * as a contact.
 * <p>
 * Where the converter returns nothing, as for a sender that is no contact, the argument
 * is {@code null}, or empty if the parameter is an {@link java.util.Optional}.
 *
 * @since 0.1.0
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Sender {

}
