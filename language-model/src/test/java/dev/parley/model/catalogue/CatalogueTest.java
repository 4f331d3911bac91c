package dev.parley.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import dev.parley.model.catalogue.ModelSource.HubFile;
import dev.parley.model.catalogue.ModelSource.LocalFile;
import dev.parley.model.catalogue.ModelSource.PackageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  private static final Path SHIPPED = Path.of("../config/models.yaml");

  private static final String ENTRY =
      """
      models:
        - id: tiny
          name: Tiny
          architecture: llama
          languages: [en, zh]
          size: 1000
          licence: MIT
          context: 2048
          minimum-memory-mb: 2
          sampling: {temperature: 0.5, top-k: 20}
          template: {enable_thinking: false, depth: 3}
          sources:
            - path: files/tiny.gguf
            - hub: a/b
              file: sub/c.gguf
            - package: some-package==1.0
              file: p/c.gguf
      """;

  @TempDir Path folder;

  private Catalogue read(String yaml) throws IOException {
    return Catalogue.read(Files.writeString(folder.resolve("models.yaml"), yaml));
  }

  @Test
  void theShippedCatalogueHasTheDefaultWithItsPackage() {
    CatalogueEntry entry = Catalogue.read(SHIPPED).find("smollm2-135m-instruct").orElseThrow();

    assertThat(entry.shortSystemPrompt()).isTrue();
    assertThat(entry.size()).isEqualTo(98_362_432);
    assertThat(entry.sampling().temperature()).isLessThanOrEqualTo(0.3);
    assertThat(entry.sources())
        .anySatisfy(
            source -> {
              assertThat(source).isInstanceOf(PackageFile.class);
              assertThat(source.sha256()).startsWith("b179c952");
            });
  }

  @Test
  void anEntryIsReadWhole() throws IOException {
    CatalogueEntry entry = read(ENTRY).find("tiny").orElseThrow();

    assertThat(entry.languages()).containsExactly("en", "zh");
    assertThat(entry.minimumMemory()).isEqualTo(2 << 20);
    assertThat(entry.automatic()).isTrue();
    assertThat(entry.sampling().topK()).isEqualTo(20);
    assertThat(entry.sampling().topP()).isEqualTo(1);
    assertThat(entry.templateOptions())
        .containsEntry("enable_thinking", false)
        .containsEntry("depth", 3L);
    assertThat(entry.sources())
        .containsExactly(
            new LocalFile(folder.resolve("files/tiny.gguf"), ""),
            new HubFile("a/b", "main", "sub/c.gguf", ""),
            new PackageFile("some-package==1.0", "p/c.gguf", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          languages: [en, zh]   | langauges: [en]        | line 5: "langauges" is no key here
          size: 1000            | size: 1 GB             | line 6: "size" must be a whole number
          size: 1000            | size: 0                | line 6: "size" must be a whole number
          licence: MIT          | licence:               | line 7: "licence" must be a single value
          name: Tiny            | automatic: true        | line 2: the key "name" is missing
          name: Tiny            | name: [a]              | line 3: "name" must be a single value
          languages: [en, zh]   | languages: en          | line 5: "languages" must be a list
          id: tiny              | id: ../tiny            | "../tiny" is no model id
          temperature: 0.5      | temperature: 99        | line 10: temperature must be
          temperature: 0.5      | temperature: hot       | line 10: "temperature" must be a number
          path: files/tiny.gguf | revision: main         | line 13: a source needs one of
          hub: a/b              | hub: a                 | line 14: "a" is not a repository
          some-package==1.0     | --index-url==1.0       | is not one pinned version
          some-package==1.0     | some-package           | is not one pinned version
          path: files/tiny.gguf | {path: a, sha256: abc} | line 13: "abc" is not a SHA-256
          """)
  void aMistakeIsNamedWithLineAndKey(String right, String wrong, String expected) {
    assertThatThrownBy(() -> read(ENTRY.replace(right, wrong)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(folder.resolve("models.yaml").toString())
        .hasMessageContaining(expected);
  }

  @Test
  void aModelListedTwiceIsAMistake() {
    String twice = ENTRY + ENTRY.lines().skip(1).reduce("", (a, b) -> a + b + "\n");

    assertThatThrownBy(() -> read(twice)).hasMessageContaining("line 18: \"id\" names a model");
  }

  @Test
  void brokenYamlIsAMistakeWithItsLine() {
    assertThatThrownBy(() -> read("models:\n  - id: [tiny\n"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("line 3");
  }

  @Test
  void aMissingCatalogueIsNamed() {
    assertThatThrownBy(() -> Catalogue.read(folder.resolve("none.yaml")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("none.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "models/tiny.gguf, tiny",
    "Tiny-Q8_0.gguf, tiny",
    "tiny-2b.gguf, tiny-2b",
    "Tiny-2B.Q4.gguf, tiny-2b",
    "tiny-2bits.gguf, tiny",
    "tinyllama.gguf,",
    "tin.gguf,",
    "my-tiny.gguf,",
  })
  void aFileIsLikeTheEntryThatItsNameBeginsWith(Path file, @Nullable String id) {
    Catalogue catalogue =
        new Catalogue(
            List.of(
                Entries.entry("tiny", "llama", 1, List.of("en"), 1, true),
                Entries.entry("tiny-2b", "llama", 1, List.of("en"), 1, true)));

    assertThat(catalogue.like(file).map(CatalogueEntry::id)).isEqualTo(Optional.ofNullable(id));
  }
}
