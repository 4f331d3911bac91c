package dev.parley.person;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import java.util.List;
import java.util.Set;

/**
 * Whom the operator lets in at all, whatever the admins of places decide. Immutable.
 *
 * @param operators who are always let in
 * @param operatorsOnly whether nobody else is
 * @param people who are let in everywhere; where these and the places are empty, everybody is
 * @param places where everybody is let in, and in what lies in them
 */
public record Door(
    Operators operators, boolean operatorsOnly, Set<PersonId> people, Set<PlaceId> places) {
  public Door {
    people = Set.copyOf(people);
    places = Set.copyOf(places);
  }

  /** One that lets everybody in. */
  public static Door open(Operators operators) {
    return new Door(operators, false, Set.of(), Set.of());
  }

  /**
   * Whether somebody is let in.
   *
   * @param around the place they are in and what it lies in
   */
  public boolean admits(PersonId person, List<PlaceId> around) {
    if (operators.contains(person)) {
      return true;
    }
    boolean isForAll = people.isEmpty() && places.isEmpty();
    return !operatorsOnly
        && (isForAll || people.contains(person) || around.stream().anyMatch(places::contains));
  }
}
