package dev.parley.conversation;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import java.util.Optional;

/**
 * Whose a conversation is: nobody else finds it, in no other place.
 *
 * @param place where it is held
 * @param person whose it is; empty where everyone in the place shares it
 */
public record Owner(PlaceId place, Optional<PersonId> person) {
  public Owner {
    person.ifPresent(
        id -> {
          if (!id.platform().equals(place.platform())) {
            throw new IllegalArgumentException(id + " cannot be in " + place);
          }
        });
  }

  /** One person in one place. */
  public static Owner of(PlaceId place, PersonId person) {
    return new Owner(place, Optional.of(person));
  }

  /** Everyone in the place. */
  public static Owner everyoneIn(PlaceId place) {
    return new Owner(place, Optional.empty());
  }
}
