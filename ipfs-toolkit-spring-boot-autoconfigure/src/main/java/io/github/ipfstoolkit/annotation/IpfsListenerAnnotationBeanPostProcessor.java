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

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.listener.InvalidListenerException;
import io.github.ipfstoolkit.listener.IpfsListenerConfigurer;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.Assert;

/**
 * Finds the methods that are annotated with {@link IpfsListener}, or with an annotation
 * that is, and registers them with the {@link IpfsListenerEndpointRegistry}. While
 * singletons are made they are only collected, so that no bean is made too early; what
 * their annotations refer to is looked up afterwards.
 *
 * @since 0.1.0
 */
public class IpfsListenerAnnotationBeanPostProcessor
		implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton, Ordered {

	private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final List<ListenerMethod> collected = new ArrayList<>();

	private boolean collecting = true;

	private @Nullable ConfigurableBeanFactory beanFactory;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (ConfigurableBeanFactory) beanFactory;
	}

	/**
	 * Returns the lowest precedence: beans have got their proxies when they come here.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (bean instanceof AopInfrastructureBean || this.withoutListeners.contains(type)) {
			return bean;
		}
		Map<Method, List<IpfsListener>> methods = findMethods(type);
		if (methods.isEmpty()) {
			this.withoutListeners.add(type);
			return bean;
		}
		checkSingleton(beanName);
		methods.forEach((method, annotations) -> process(new ListenerMethod(bean, method, annotations)));
		return bean;
	}

	private static Map<Method, List<IpfsListener>> findMethods(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, IpfsListener.class)) {
			return Map.of();
		}
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<List<IpfsListener>>) (method) -> {
					List<IpfsListener> annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY)
						.stream(IpfsListener.class)
						.map(MergedAnnotation::synthesize)
						.toList();
					return (!annotations.isEmpty()) ? annotations : null;
				});
	}

	private void checkSingleton(String beanName) {
		ConfigurableBeanFactory beanFactory = requireBeanFactory();
		if (beanFactory.containsBean(beanName) && !beanFactory.isSingleton(beanName)) {
			throw new InvalidListenerException(("The bean '%s' has listener methods but is no singleton: each instance "
					+ "would listen to the same name. Make it a singleton")
				.formatted(beanName));
		}
	}

	private void process(ListenerMethod method) {
		this.lock.lock();
		try {
			if (this.collecting) {
				this.collected.add(method);
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		register(List.of(method));
	}

	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableBeanFactory beanFactory = requireBeanFactory();
		IpfsListenerEndpointRegistry registry = beanFactory.getBean(IpfsListenerEndpointRegistry.class);
		beanFactory.getBeanProvider(IpfsListenerConfigurer.class)
			.orderedStream()
			.forEach((configurer) -> configurer.configureIpfsListeners(registry));
		List<ListenerMethod> methods;
		this.lock.lock();
		try {
			this.collecting = false;
			methods = List.copyOf(this.collected);
			this.collected.clear();
		}
		finally {
			this.lock.unlock();
		}
		register(methods);
	}

	private void register(List<ListenerMethod> methods) {
		if (methods.isEmpty()) {
			return;
		}
		ConfigurableBeanFactory beanFactory = requireBeanFactory();
		IpfsListenerEndpointRegistry registry = beanFactory.getBean(IpfsListenerEndpointRegistry.class);
		IpfsMessageHandlerMethodFactory methodFactory = beanFactory.getBean(IpfsMessageHandlerMethodFactory.class);
		methods.stream()
			.flatMap((method) -> method.toEndpoints(beanFactory, methodFactory).stream())
			.forEach(registry::register);
	}

	private ConfigurableBeanFactory requireBeanFactory() {
		Assert.state(this.beanFactory != null, "No bean factory was set");
		return this.beanFactory;
	}

}
