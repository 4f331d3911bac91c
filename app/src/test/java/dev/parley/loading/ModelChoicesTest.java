package dev.parley.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.configuration.ConfigurationReport;
import dev.parley.model.catalogue.CatalogueEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelChoicesTest {
  @TempDir private Path folder;

  @Test
  void aChoiceIsKeptWholeOrNotAtAll() throws Exception {
    ModelChoices choices = choices();
    List<CatalogueEntry> entries = choices.catalogue().entries();
    choices.choose(entries.getFirst());
    assertThat(choices.name()).contains(entries.getFirst().id());
    Files.createDirectory(folder.resolve("model.txt.part")); // nothing can be written there

    assertThatThrownBy(() -> choices.choose(entries.getLast()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PARLEY_MODEL=");
    assertThat(choices.name()).contains(entries.getFirst().id());
  }

  /** As a full disk has left it. */
  @Test
  void anEmptyChoiceIsNone() throws Exception {
    Files.createFile(folder.resolve("model.txt"));

    assertThat(choices().name()).isEmpty();
  }

  private ModelChoices choices() throws Exception {
    return new ModelChoices(
        ConfigurationReport.read(
                Map.of("PARLEY_HOME", folder.toString()), Path.of(".."), Path.of(""))
            .configuration());
  }
}
