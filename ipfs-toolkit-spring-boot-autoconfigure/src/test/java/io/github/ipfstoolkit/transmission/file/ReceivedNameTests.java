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

package io.github.ipfstoolkit.transmission.file;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReceivedName}.
 */
class ReceivedNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "report.pdf", "a", "archive.tar.gz", ".gitignore", "Grüße, 你好.txt", "🚀.png",
			"two words (1).txt", "no extension", "👩‍🚀.txt", "a.b.c.", "COM10", "CONSOLE.txt",
			"it's [1] {2} #3 %20.txt" })
	void plainNameStaysAsItIs(String name) {
		assertThat(ReceivedName.of(name)).hasToString(name.equals("a.b.c.") ? "a.b.c" : name);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			../x, x
			../../etc/passwd, passwd
			/etc/passwd, passwd
			C:\\Windows\\win.ini, win.ini
			..\\..\\x, x
			a/../b, b
			//server/share/x, x
			dir/, file
			/, file
			'', file
			., file
			.., file
			..., file
			../.., file
			' ', file
			. ., file
			""")
	void pathBecomesItsLastName(String sent, String expected) {
		assertThat(ReceivedName.of(sent)).hasToString(expected);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			a:b.txt, a_b.txt
			x.txt::$DATA, x.txt__$DATA
			a<b>c|d?e*f"g, a_b_c_d_e_f_g
			CON, _CON
			con.txt, _con.txt
			COM1.txt, _COM1.txt
			LPT9.tar.gz, _LPT9.tar.gz
			'NUL .txt', '_NUL.txt'
			COM².txt, _COM².txt
			CONIN$, _CONIN$
			'name. . .', name
			'name.txt ', name.txt
			' name', name
			'foo .txt', foo.txt
			...txt, file.txt
			""")
	void nameThatIsSpecialOnWindowsIsChanged(String sent, String expected) {
		assertThat(ReceivedName.of(sent)).hasToString(expected);
	}

	@Test
	void controlCharactersAreReplaced() {
		assertThat(ReceivedName.of("a\u0000b\nc\u007Fd\u2028e\u0085f")).hasToString("a_b_c_d_e_f");
	}

	@Test
	void unpairedSurrogateIsReplaced() {
		assertThat(ReceivedName.of("a\uD83Db")).hasToString("a_b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "..\uFF0Fx", "..\u2215x", "..\u2044x", "..\uFF3Cx", "..\uFE68x", "..\u29F8x", "..\u2216x",
			"..\u27CBx", "..\u27CDx", "..\u2041x", "..\u1735x" })
	void whatLooksLikeASeparatorIsReplaced(String sent) {
		assertThat(ReceivedName.of(sent)).hasToString("file._x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u2025", "\uFF0E\uFF0E", "\u2024\u2024", "\u2026", "\uFE52" })
	void whatLooksLikeDotsIsReplaced(String sent) {
		assertThat(ReceivedName.of(sent).toString()).matches("_+");
	}

	@Test
	void whatTurnsTheDirectionOfTextIsRemoved() {
		assertThat(ReceivedName.of("invoice\u202Efdp.exe")).hasToString("invoicefdp.exe");
		assertThat(ReceivedName.of("a\u200Bb\uFEFFc")).hasToString("abc");
	}

	@Test
	void nameIsNormalized() {
		assertThat(ReceivedName.of("A\u030Angstro\u0308m.txt")).hasToString("\u00C5ngstr\u00F6m.txt");
	}

	@Test
	void longNameIsShortenedBeforeItsExtension() {
		String name = ReceivedName.of("x".repeat(300) + ".pdf").toString();
		assertThat(name).hasSize(255).endsWith("x.pdf");
	}

	@Test
	void lengthIsInBytesAndCharactersStayWhole() {
		ReceivedName name = ReceivedName.of("\uD83D\uDE80".repeat(300) + ".pdf");
		assertThat(name.text(0).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(252, 255);
		assertThat(name.text(12)).endsWith("\uD83D\uDE80 (12).pdf");
		assertThat(name.text(12).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(252, 255);
	}

	@Test
	void longExtensionIsAPartOfTheName() {
		assertThat(ReceivedName.of("a." + "b".repeat(300)).toString()).hasSize(255);
	}

	@Test
	void enormousNameTakesNoTime() {
		assertThat(ReceivedName.of("\u00E4".repeat(500_000)).toString()).hasSize(127);
		assertThat(ReceivedName.of("a/".repeat(250_000)).toString()).isEqualTo("file");
		assertThat(ReceivedName.of(". ".repeat(250_000)).toString()).isEqualTo("file");
	}

	@Test
	void furtherFilesOfTheNameGetANumber() {
		ReceivedName name = ReceivedName.of("report.pdf");
		assertThat(name.text(1)).isEqualTo("report (1).pdf");
		assertThat(name.text(2)).isEqualTo("report (2).pdf");
		assertThat(ReceivedName.of("README").text(1)).isEqualTo("README (1)");
		assertThat(ReceivedName.of(".env").text(1)).isEqualTo(".env (1)");
	}

	@Test
	void fileSystemWithoutOtherCharactersGetsUnderscores() {
		assertThat(ReceivedName.of("Grüße.txt").ascii()).hasToString("Gr__e.txt");
	}

}
