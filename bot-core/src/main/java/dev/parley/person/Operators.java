package dev.parley.person;

import dev.parley.platform.PersonId;
import java.util.Set;

/** Who runs Parley, as the configuration says: platforms know nothing of them. Immutable. */
public record Operators(Set<PersonId> ids) {
  public Operators {
    ids = Set.copyOf(ids);
  }

  /** Whether this is one of them. */
  public boolean contains(PersonId person) {
    return ids.contains(person);
  }
}
