package dev.parley.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.language.Texts;
import dev.parley.prompt.Persona;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonaFileTest {
  @TempDir Path folder;

  @Test
  void theShippedFileNamesEveryPersonaInEveryLanguage() {
    PersonaFile.Content content =
        PersonaFile.read(Path.of("../config/personas.yaml"), "config/personas.yaml");

    assertThat(content.findings()).isEmpty();
    assertThat(content.personas())
        .extracting(Persona::id)
        .containsExactly(
            "assistant",
            "tutor",
            "customer-service",
            "storyteller",
            "translator",
            "coder",
            "game-master");
    List<String> languages = Texts.LANGUAGES.stream().map(Locale::toLanguageTag).toList();
    assertThat(content.personas())
        .allSatisfy(persona -> assertThat(persona.names()).containsOnlyKeys(languages));
  }

  @Test
  void aPersonaHasANameAndInstructions() throws IOException {
    PersonaFile.Content content =
        read(
            """
            pirate:
              name:
                en: Pirate
                zh-Hant-TW: 海盜
              instructions: >-
                You are a pirate.
                Say so.
            """);

    assertThat(content.findings()).isEmpty();
    Persona pirate = content.personas().getFirst();
    assertThat(pirate.instructions()).isEqualTo("You are a pirate. Say so.");
    assertThat(pirate.name(Texts.LANGUAGES.get(1))).isEqualTo("海盜");
    assertThat(pirate.name(Texts.LANGUAGES.get(2))).isEqualTo("Pirate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'pirate:\n  name:\n    en: Pirate\n  instruction: Arr'"
            + "|line 4: pirate.instruction is no key here: did you mean pirate.instructions?",
        "'pirate:\n  name:\n    zh-Hans-CN: 海盗'|line 3: pirate.name.en is missing",
        "'pirate: Arr'|line 1: pirate needs a name and instructions below it, indented",
        "'Sea Dog:\n  name:\n    en: Dog'"
            + "|line 3: a persona's id has lower-case letters, digits and hyphens, at most 40",
        "'pirate:\n  name:\n    en:'"
            + "|line 3: pirate.name.en is empty: give the name or take the line out",
        "'pirate:\n  - name'|line 1: pirate is a list: give one value",
        "'# nothing'|: is empty: it must list a persona",
      })
  void aMistakeIsNamedWithItsLine(String yaml, String finding) throws IOException {
    assertThat(read(yaml).findings())
        .extracting(Finding::toString)
        .anySatisfy(said -> assertThat(said).endsWith(finding));
  }

  @Test
  void withoutAFileThereIsTheAssistant() {
    PersonaFile.Content content = PersonaFile.read(folder.resolve("none.yaml"), "none.yaml");

    assertThat(content.personas()).extracting(Persona::id).containsExactly("assistant");
    assertThat(content.findings()).isEmpty();
  }

  @Test
  void theOperatorsPersonaMustBeOneOfTheFile() throws IOException {
    Operator operator = new Operator(folder).writes("settings:\n  persona: pirat\n");
    Files.writeString(
        operator.folder().resolve("config/personas.yaml"),
        "assistant:\n  name:\n    en: Assistant\npirate:\n  name:\n    en: Pirate\n");

    assertThat(operator.findings())
        .containsExactly(
            "config/parley.yaml, line 2: settings.persona names no persona of"
                + " config/personas.yaml: did you mean pirate?");
  }

  private PersonaFile.Content read(String yaml) throws IOException {
    Path file = folder.resolve("personas.yaml");
    Files.writeString(file, yaml);
    return PersonaFile.read(file, "personas.yaml");
  }
}
