package dev.parley.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.catalogue.CatalogueEntry;
import dev.parley.model.catalogue.ModelSource;
import dev.parley.model.catalogue.ModelStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchingTest {
  @TempDir private Path folder;
  private Path source;
  private ModelStore store;
  private final List<String> questions = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    source = Files.writeString(folder.resolve("weights"), "weights");
    store = new ModelStore(folder.resolve("models"), Map.of());
  }

  private CatalogueEntry entry(long size, String licence) {
    return new CatalogueEntry(
        "tiny",
        "Tiny",
        "llama",
        List.of("en"),
        size,
        licence,
        128,
        1,
        true,
        false,
        SamplingOptions.GREEDY,
        Map.of(),
        List.of(new ModelSource.LocalFile(source, "")));
  }

  private Fetching fetching(Optional<String> answer) {
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new Fetching(
        store,
        err,
        question -> {
          questions.add(question);
          return answer;
        });
  }

  @Test
  void aSmallFreeModelComesWithoutAQuestion() {
    assertThat(fetching(Optional.empty()).pull(entry(98_000_000, "Apache-2.0"), false))
        .hasContent("weights");
    assertThat(questions).isEmpty();
  }

  @Test
  void aLargeModelIsAskedForWithSizeAndLicence() {
    assertThat(fetching(Optional.of("y")).pull(entry(639_000_000, "Apache-2.0"), false)).exists();
    assertThat(questions).containsExactly("Tiny is 639 MB under Apache-2.0. Fetch it? [y/N] ");
  }

  @Test
  void aLicenceWithConditionsIsAskedForHoweverSmallTheModel() {
    fetching(Optional.of("Yes")).pull(entry(1_000_000, "Llama 3.2 Community License"), false);

    assertThat(questions).singleElement().asString().contains("conditions of its own");
  }

  @Test
  void anythingButYesFetchesNothing() {
    for (String answer : List.of("", "n", "null", "perhaps")) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> fetching(Optional.of(answer)).pull(entry(639_000_000, "MIT"), false))
          .withMessageContaining("Nothing was fetched");
    }
    assertThat(store.isInstalled("tiny")).isFalse();
  }

  @Test
  void whereNobodyCanBeAskedItSaysHowToAgree() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> fetching(Optional.empty()).pull(entry(639_000_000, "MIT"), false))
        .withMessageContaining("./parley model pull tiny --yes");
    assertThat(store.isInstalled("tiny")).isFalse();
  }

  @Test
  void whoAgreedBeforehandOrHasItIsNotAsked() {
    CatalogueEntry large = entry(639_000_000, "Llama 3.2 Community License");

    fetching(Optional.empty()).pull(large, true);
    fetching(Optional.empty()).pull(large, false);

    assertThat(questions).isEmpty();
  }
}
