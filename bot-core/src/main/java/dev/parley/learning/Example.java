package dev.parley.learning;

import dev.parley.model.ChatMessage;
import dev.parley.platform.PersonId;
import java.util.List;
import java.util.Set;

/** One thing to learn from, which all whose words or judgement are in it agreed to. */
public sealed interface Example permits Demonstration, Preference, RatedAnswer {
  /** The same in every snapshot; tells nothing of people. */
  String id();

  Origin origin();

  List<ChatMessage> messages();

  /** On whose consent it rests. */
  Set<PersonId> people();
}
