package dev.parley.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionStoreTest {
  @TempDir Path folder;
  private Stores stores;
  private VersionStore versions;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
    versions = stores.versions;
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void aVersionIsKeptAsItWasTrained() {
    Version parent = trained("sft-1");
    Version version =
        versions.add(
            new NewVersion(
                "dpo-2",
                Optional.of(parent.id()),
                "dpo",
                folder.resolve("dpo-2"),
                "d2",
                "{\"epochs\": 3}",
                "{\"loss\": 0.5}"));

    assertThat(versions.find("dpo-2")).contains(version);
    assertThat(versions.all()).containsExactly(version, parent);
    assertThat(version.parent()).contains(parent.id());
    assertThat(version.settings()).isEqualTo("{\"epochs\": 3}");
    assertThat(version.metrics()).isEqualTo("{\"loss\": 0.5}");
    assertThat(version.state()).isEqualTo(VersionState.TRAINED);
    assertThat(version.verdict()).isEqualTo(Verdict.NONE);
    assertThat(version.createdAt()).isEqualTo(stores.now);
  }

  @Test
  void namesAreUniqueAndPlain() {
    trained("sft-1");

    assertThatThrownBy(() -> trained("sft-1")).hasMessage("there is a version named sft-1");
    assertThatThrownBy(() -> trained("*loud*")).hasMessageContaining("a version's name has");
    assertThatThrownBy(() -> versions.examined(new VersionId(1), true, "good"))
        .hasMessageContaining("figures must be");
  }

  @Test
  void onlyWhatPassedMayBeTried() {
    Version version = trained("sft-1");
    assertThat(versions.tryOn(version.id(), 10)).isFalse();

    versions.examined(version.id(), false, "{\"wins\": 0.4}");
    assertThat(versions.tryOn(version.id(), 10)).isFalse();

    versions.examined(version.id(), true, "{\"wins\": 0.6}");
    assertThat(versions.tryOn(version.id(), 10)).isTrue();
    assertThat(versions.tried().orElseThrow().share()).isEqualTo(10);
    assertThat(versions.tried().orElseThrow().figures()).isEqualTo("{\"wins\": 0.6}");
  }

  @Test
  void anotherShareGoesOnWithTheSameTrial() {
    Version version = passed("sft-1");
    versions.tryOn(version.id(), 10);
    stores.now = stores.now.plus(Duration.ofHours(1));

    versions.tryOn(version.id(), 50);

    assertThat(versions.tried().orElseThrow().share()).isEqualTo(50);
    assertThat(versions.tried().orElseThrow().triedAt())
        .contains(stores.now.minus(Duration.ofHours(1)));
  }

  @Test
  void oneIsTriedAtATime() {
    Version first = passed("sft-1");
    Version second = passed("sft-2");
    versions.tryOn(first.id(), 10);

    assertThat(versions.tryOn(second.id(), 10)).isFalse();
    assertThat(versions.stopTrying(second.id())).isFalse();
    assertThat(versions.stopTrying(first.id())).isTrue();
    assertThat(versions.tryOn(second.id(), 10)).isTrue();
  }

  @Test
  void onlyWhatIsTriedIsPromotedAndWhatAnsweredRetires() {
    Version first = passed("sft-1");
    Version second = passed("sft-2");
    assertThat(versions.promote(first.id())).isFalse();

    promote(first);
    promote(second);

    assertThat(versions.promoted()).map(Version::name).contains("sft-2");
    assertThat(state("sft-1")).isEqualTo(VersionState.RETIRED);
    assertThat(versions.tried()).isEmpty();
  }

  @Test
  void rollingBackGoesOneStepEachTime() {
    Version first = passed("sft-1");
    Version second = passed("sft-2");
    promote(first);
    promote(second);
    VersionStore.RollBack once = versions.rollBack().orElseThrow();

    assertThat(versions.rollBack(once)).isTrue();
    assertThat(versions.promoted()).map(Version::name).contains("sft-1");
    assertThat(state("sft-2")).isEqualTo(VersionState.RETIRED);
    assertThat(versions.rollBack(once)).as("pressed twice").isFalse();

    VersionStore.RollBack twice = versions.rollBack().orElseThrow();
    assertThat(twice.to()).as("the operator's own model").isEmpty();
    assertThat(versions.rollBack(twice)).isTrue();
    assertThat(versions.promoted()).isEmpty();
    assertThat(versions.rollBack()).isEmpty();
  }

  @Test
  void whatWasTakenBackIsNoStepAnyMore() {
    Version first = passed("sft-1");
    promote(first);
    promote(passed("sft-2"));
    versions.rollBack(versions.rollBack().orElseThrow());
    promote(passed("sft-3"));

    assertThat(versions.rollBack().orElseThrow().to()).map(Version::id).contains(first.id());
  }

  @Test
  void rollingBackFindsAVersionThatWasTriedOnceMore() {
    Version first = passed("sft-1");
    promote(first);
    promote(passed("sft-2"));
    versions.tryOn(first.id(), 10);
    versions.stopTrying(first.id());

    versions.rollBack(versions.rollBack().orElseThrow());

    assertThat(versions.promoted()).map(Version::id).contains(first.id());
  }

  @Test
  void everythingIsThereAfterARestart() {
    promote(passed("sft-1"));
    versions.tryOn(passed("sft-2").id(), 50);
    stores.close();

    stores = Stores.open(folder);
    versions = stores.versions;

    assertThat(versions.promoted()).map(Version::name).contains("sft-1");
    assertThat(versions.tried()).map(Version::name).contains("sft-2");
    assertThat(versions.rollBack().orElseThrow().to()).isEmpty();
  }

  private Version trained(String name) {
    return versions.add(
        new NewVersion(name, Optional.empty(), "sft", folder.resolve(name), "d1", "{}", "{}"));
  }

  private Version passed(String name) {
    Version version = trained(name);
    versions.examined(version.id(), true, "{}");
    return version;
  }

  private void promote(Version version) {
    assertThat(versions.tryOn(version.id(), 10)).isTrue();
    assertThat(versions.promote(version.id())).isTrue();
  }

  private VersionState state(String name) {
    return versions.find(name).orElseThrow().state();
  }
}
