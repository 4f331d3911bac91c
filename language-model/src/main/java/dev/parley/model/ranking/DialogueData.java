package dev.parley.model.ranking;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.Preference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes dialogues of the rows that other ways to train learn from. */
public final class DialogueData {
  /** A prompt's best answer, and what was worse. */
  private record Answers(String best, Set<String> rejected) {}

  private DialogueData() {}

  /**
   * One for each demonstration, and one for each prompt of the preferences, of which the first
   * chosen answer is the right one. System texts are left out.
   */
  public static List<Dialogue> of(
      List<Demonstration> demonstrations, List<Preference> preferences) {
    List<Dialogue> dialogues = new ArrayList<>();
    demonstrations.forEach(each -> dialogues.add(new Dialogue(turns(each.messages()), List.of())));
    Map<List<String>, Answers> prompts = new LinkedHashMap<>();
    for (Preference preference : preferences) {
      prompts
          .computeIfAbsent(
              turns(preference.prompt()),
              turns -> new Answers(preference.chosen(), new LinkedHashSet<>()))
          .rejected()
          .addAll(List.of(preference.chosen(), preference.rejected()));
    }
    prompts.forEach(
        (prompt, answers) -> {
          List<String> turns = new ArrayList<>(prompt);
          turns.add(answers.best());
          answers.rejected().remove(answers.best());
          dialogues.add(new Dialogue(turns, List.copyOf(answers.rejected())));
        });
    return dialogues;
  }

  private static List<String> turns(List<ChatMessage> messages) {
    return messages.stream()
        .filter(message -> message.role() != Role.SYSTEM)
        .map(ChatMessage::text)
        .toList();
  }
}
