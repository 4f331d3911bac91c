package dev.parley.discord;

import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import java.util.Optional;

/**
 * Where only one person sees what they are answered: beside a channel, one for each person, so that
 * nothing of it comes into the conversations that others see there. What was set for the channel
 * holds in it.
 */
final class QuietPlace {
  private static final String MARK = "-quiet-";

  private QuietPlace() {}

  /** A person's side room of a channel or a thread. */
  static Place beside(Place place, PersonId person) {
    PlaceId id = new PlaceId(place.id().platform(), place.id().id() + MARK + person.id());
    return new Place(id, Place.Kind.THREAD, Optional.of(place.id()), place.name());
  }

  static boolean is(PlaceId place) {
    return place.id().contains(MARK);
  }
}
