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

package io.github.ipfstoolkit.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the rules that Spring Boot keeps for its own auto-configuration classes.
 */
@AnalyzeClasses(packages = PackageTests.BASE, importOptions = DoNotIncludeTests.class)
class AutoConfigurationTests {

	@ArchTest
	static final ArchRule areNamedAsSuch = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.andShould()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule haveNoPublicMembers = methods().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.notBePublic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule haveNoPublicConstructors = constructors().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule beanMethodsHaveNoClassConditions = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notBeAnnotatedWith(ConditionalOnClass.class)
		.andShould()
		.notBePrivate()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule postProcessorsAreStatic = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class))
		.should()
		.beStatic()
		.allowEmptyShould(true);

	/**
	 * What it took would be made before other post-processors could have to do with it.
	 */
	@ArchTest
	static final ArchRule postProcessorsTakeNothingThatIsMadeTooEarly = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class))
		.should(takeOnly(ObjectProvider.class, ApplicationContext.class, Environment.class));

	/**
	 * The context is no bean that would be made for it.
	 */
	@ArchTest
	static final ArchRule factoryPostProcessorsAreStaticAndTakeNoBeans = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanFactoryPostProcessor.class))
		.should()
		.beStatic()
		.andShould(takeOnly(ConfigurableApplicationContext.class, Environment.class))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule conditionsDoNotRepeatWhatTheMethodReturns = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.areAnnotatedWith(ConditionalOnMissingBean.class)
		.should(new ArchCondition<>("name other types than the one that is returned") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				String returned = method.getRawReturnType().getName();
				Class<?>[] named = method.getAnnotationOfType(ConditionalOnMissingBean.class).value();
				if (Arrays.stream(named).anyMatch((type) -> type.getName().equals(returned))) {
					events.add(SimpleConditionEvent.violated(method, method.getFullName()));
				}
			}

		});

	@ArchTest
	static final ArchRule conditionsAreOurOwnAffair = classes().that()
		.areAssignableTo(Condition.class)
		.should()
		.bePackagePrivate()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule switchesAreBooleanConditions = members().that()
		.areAnnotatedWith(ConditionalOnProperty.class)
		.should(new ArchCondition<>("not ask whether a property is true or false") {

			@Override
			public void check(JavaMember member, ConditionEvents events) {
				String value = member.getAnnotationOfType(ConditionalOnProperty.class).havingValue();
				if (value.equals("true") || value.equals("false")) {
					events.add(SimpleConditionEvent.violated(member, member.getFullName()));
				}
			}

		})
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule caseIsChangedWithALocale = noClasses().should()
		.callMethod(String.class, "toLowerCase")
		.orShould()
		.callMethod(String.class, "toUpperCase");

	@ArchTest
	static final ArchRule argumentsAreCheckedWithAssert = noClasses().should()
		.callMethod(Objects.class, "requireNonNull", Object.class, String.class);

	@ArchTest
	static final ArchRule nothingIsScannedFor = noClasses().should().beAnnotatedWith(ComponentScan.class);

	@ArchTest
	static void importsFileIsSortedAndComplete(JavaClasses classes) {
		List<String> listed = ImportCandidates
			.load(AutoConfiguration.class, AutoConfigurationTests.class.getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith(PackageTests.BASE))
			.toList();
		Set<String> present = classes.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(listed).containsExactlyElementsOf(present);
	}

	private static ArchCondition<JavaMethod> takeOnly(Class<?>... allowed) {
		Set<String> names = Arrays.stream(allowed).map(Class::getName).collect(Collectors.toSet());
		return new ArchCondition<>("take only " + names + ", or what is lazy") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				method.getParameters()
					.stream()
					.filter((parameter) -> !parameter.isAnnotatedWith(Lazy.class)
							&& !names.contains(parameter.getRawType().getName()))
					.forEach((parameter) -> events
						.add(SimpleConditionEvent.violated(method, parameter.getDescription())));
			}

		};
	}

}
