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

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.ipfstoolkit.annotation.IpfsListener;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * Makes beans with listener methods in spite of
 * {@code spring.main.lazy-initialization=true}, as nobody else would ask for them.
 */
final class IpfsListenerLazyInitializationExcludeFilter implements LazyInitializationExcludeFilter {

	private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet();

	@Override
	public boolean isExcluded(String beanName, BeanDefinition beanDefinition, Class<?> beanType) {
		Class<?> type = ClassUtils.getUserClass(beanType);
		if (this.withoutListeners.contains(type)) {
			return false;
		}
		boolean hasListeners = AnnotationUtils.isCandidateClass(type, IpfsListener.class)
				&& !MethodIntrospector.selectMethods(type, (MethodFilter) this::isListener).isEmpty();
		if (!hasListeners) {
			this.withoutListeners.add(type);
		}
		return hasListeners;
	}

	private boolean isListener(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(IpfsListener.class);
	}

}
