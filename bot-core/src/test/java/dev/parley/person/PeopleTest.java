package dev.parley.person;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.GROUP;
import static dev.parley.storage.Stores.PRIVATE;
import static dev.parley.storage.Stores.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {
  @TempDir Path folder;

  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void aPersonIsRememberedAcrossARestart() {
    reopen();

    assertThat(stores.people.find(ADA))
        .contains(new KnownPerson(ADA, "Ada", Locale.ENGLISH, stores.now));
  }

  @Test
  void aNewNameOrLanguageReplacesTheOldOne() {
    Instant first = stores.now;
    stores.now = first.plusSeconds(60);
    stores.people.meet(new Person(ADA, "愛達", Locale.TAIWAN, true));

    assertThat(stores.people.find(ADA)).contains(new KnownPerson(ADA, "愛達", Locale.TAIWAN, first));
  }

  @Test
  void theSameNumberOnAnotherPlatformIsAnotherPerson() {
    assertThat(stores.people.find(new PersonId("discord", ADA.id()))).isEmpty();
  }

  @Test
  void aPlaceLiesInItsParents() {
    PlaceId topic = new PlaceId("telegram", "-100/7");
    stores.places.visit(new Place(topic, Place.Kind.THREAD, Optional.of(GROUP), "Waves"));

    assertThat(stores.places.withParents(topic)).containsExactly(topic, GROUP, SERVER);
  }

  @Test
  void placesThatLieInOneAnotherInACircleAreNoTrap() {
    stores.places.visit(new Place(SERVER, Place.Kind.GROUP, Optional.of(GROUP), ""));

    assertThat(stores.places.withParents(GROUP)).contains(GROUP, SERVER);
  }

  @Test
  void aPlaceIsIntroducedOnce() {
    assertThat(stores.places.introduce(PRIVATE)).isTrue();
    assertThat(stores.places.introduce(PRIVATE)).isFalse();
    reopen();
    assertThat(stores.places.introduce(PRIVATE)).isFalse();
    assertThat(stores.places.introduce(GROUP)).isTrue();
  }

  @Test
  void instructionsAreKeptUntilCleared() {
    CustomInstructions instructions =
        new CustomInstructions("I teach physics in Tainan.", "Briefly.", false);
    assertThat(stores.instructions.of(ADA)).isEqualTo(CustomInstructions.NONE);
    stores.instructions.save(ADA, instructions);
    reopen();

    assertThat(stores.instructions.of(ADA)).isEqualTo(instructions);
    stores.instructions.clear(ADA);
    assertThat(stores.instructions.of(ADA)).isEqualTo(CustomInstructions.NONE);
  }

  @Test
  void instructionsHaveRoomForAsManyCharactersAsPeopleCount() {
    String whales = "🐋".repeat(CustomInstructions.MAX_LENGTH);
    stores.instructions.save(ADA, new CustomInstructions(whales, "", true));

    assertThat(stores.instructions.of(ADA).about()).isEqualTo(whales);
    assertThatThrownBy(() -> new CustomInstructions("", whales + "!", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1501");
  }

  private void reopen() {
    stores.close();
    stores = Stores.open(folder);
  }
}
