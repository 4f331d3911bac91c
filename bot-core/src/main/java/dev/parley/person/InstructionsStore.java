package dev.parley.person;

import dev.parley.platform.PersonId;
import dev.parley.storage.Database;
import java.time.InstantSource;

/** Everyone's custom instructions. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class InstructionsStore {
  public InstructionsStore(Database database, InstantSource clock) {}

  /** What the person wrote; {@link CustomInstructions#NONE} where nothing. */
  public CustomInstructions of(PersonId person) {
    throw new UnsupportedOperationException();
  }

  public void save(PersonId person, CustomInstructions instructions) {
    throw new UnsupportedOperationException();
  }

  public void clear(PersonId person) {
    throw new UnsupportedOperationException();
  }
}
