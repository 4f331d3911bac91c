package dev.parley.platform;

import java.util.Locale;
import java.util.Set;

/**
 * A person as the platform describes them with every event.
 *
 * @param id their id
 * @param name what others see, data without any meaning; may change at any time
 * @param locale the platform's language for them
 * @param placeAdmin whether the platform lets them manage the place the event came from, and what
 *     it lies in
 * @param roles names and ids of the roles they have there, as an admin would write either
 * @param bot whether it is a program, and not Parley itself
 */
public record Person(
    PersonId id, String name, Locale locale, boolean placeAdmin, Set<String> roles, boolean bot) {
  public Person {
    roles = Set.copyOf(roles);
  }

  /** The role of those who manage the place, on platforms that have no others too. */
  public static final String ADMINS = "admins";

  /** Whether they have a role, by its name or id. */
  public boolean hasRole(String role) {
    return (placeAdmin && role.equalsIgnoreCase(ADMINS))
        || roles.stream().anyMatch(role::equalsIgnoreCase);
  }

  /** Somebody without roles. */
  public Person(PersonId id, String name, Locale locale, boolean placeAdmin) {
    this(id, name, locale, placeAdmin, Set.of());
  }

  /** Somebody who is no program. */
  public Person(PersonId id, String name, Locale locale, boolean placeAdmin, Set<String> roles) {
    this(id, name, locale, placeAdmin, roles, false);
  }

  /** A program, which manages nothing. */
  public static Person bot(PersonId id, String name) {
    return new Person(id, name, Locale.ENGLISH, false, Set.of(), true);
  }
}
