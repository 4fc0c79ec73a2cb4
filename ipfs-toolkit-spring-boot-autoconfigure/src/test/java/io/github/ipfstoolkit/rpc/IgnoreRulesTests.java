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

package io.github.ipfstoolkit.rpc;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IgnoreRules}. What is expected is what {@code git check-ignore} says,
 * except that a question mark stands for a character here and for a byte there.
 */
class IgnoreRulesTests {

	@ParameterizedTest
	@CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = { "*.tmp,a.tmp,true", "*.tmp,sub/deep/a.tmp,true",
			"*.tmp,a.tmp.txt,false", "name,name,true", "name,sub/name,true", "name,names,false", "target/,target/,true",
			"target/,sub/target/,true", "target/,target,false", "/name,name,true", "/name,sub/name,false",
			"sub/name,sub/name,true", "sub/name,other/sub/name,false", "sub/*,sub/name,true",
			"sub/*,sub/deep/name,false", "**/name,name,true", "**/name,a/b/name,true", "sub/**,sub/a/b,true",
			"sub/**,sub/,false", "a/**/b,a/b,true", "a/**/b,a/x/y/b,true", "a/**/b,ab,false", "a**b,axxb,true",
			"sub/a**b,sub/a/b,false", "?.txt,a.txt,true", "?.txt,ab.txt,false", "sub?name,sub/name,false",
			"[ab].txt,b.txt,true", "[!ab].txt,b.txt,false", "[^ab].txt,c.txt,true", "[a-c]x,bx,true", "[a-c]x,dx,false",
			"[]-]x,]x,true", "[]-]x,-x,true", "[[:digit:]]x,7x,true", "[[:digit:]]x,ax,false", "[[:xdigit:]]x,fx,true",
			"sub[/]name,sub/name,false", "[ab,[ab,false", "a.b,axb,false", "a+(b),a+(b),true", "\\*,*,true",
			"\\*,a,false", "\\#name,#name,true", "#name,#name,false", "\\!name,!name,true", "name\\ ,name ,true",
			"name  ,name,true", "ü*,üñ,true", "x😀?,x😀😀,true", "/,name,false", "!name,name,false", "\\d,d,true",
			"\\d,7,false", "[\\]]x,]x,true" })
	void ruleAppliesToWhatItIsFor(String rule, String path, boolean ignored) {
		boolean directory = path.endsWith("/");
		String plain = directory ? path.substring(0, path.length() - 1) : path;
		assertThat(IgnoreRules.of(List.of(rule)).match(plain, directory)).isEqualTo(ignored);
	}

	@Test
	void endOfLineIsNoPartOfARuleAndABackslashAtItsEndMatchesNothing() {
		assertThat(IgnoreRules.of(List.of("name\r")).match("name", false)).isTrue();
		assertThat(IgnoreRules.of(List.of("name\\")).match("name", false)).isFalse();
	}

	@Test
	void lastRuleThatAppliesCounts() {
		IgnoreRules rules = IgnoreRules.of(List.of("*.log", "", "# but", "!keep.log", "/sub/keep.log"));
		assertThat(rules.match("a.log", false)).isTrue();
		assertThat(rules.match("keep.log", false)).isFalse();
		assertThat(rules.match("other/keep.log", false)).isFalse();
		assertThat(rules.match("sub/keep.log", false)).isTrue();
	}

}
