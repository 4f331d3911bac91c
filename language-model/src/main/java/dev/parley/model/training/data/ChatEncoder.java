package dev.parley.model.training.data;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import dev.parley.model.template.ChatTemplate;
import dev.parley.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Encodes conversations by a model's own chat template, as it will read them when it answers. The
 * assistant's tokens alone are learnt, with the token that ends each answer; an answer that is cut
 * has no such token. Thread-safe.
 */
public final class ChatEncoder implements DemonstrationEncoder {
  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final Set<Integer> ends;
  private final Fitting fitting;

  /**
   * @param tokenizer open for as long as this is used
   * @param ends tokens by which the model ends an answer
   * @param maxTokens most tokens of an example, at least 2
   */
  public ChatEncoder(ChatTemplate template, Tokenizer tokenizer, Set<Integer> ends, int maxTokens) {
    this.template = template;
    this.tokenizer = tokenizer;
    this.ends = Set.copyOf(ends);
    this.fitting = new Fitting(maxTokens);
  }

  @Override
  public List<EncodedExample> encode(Demonstration demonstration) {
    List<ChatMessage> messages = demonstration.messages();
    Optional<EncodedExample> all = allAnswers(messages);
    if (all.isPresent()) {
      return fitting.fit(
          messages, all.get(), shorter -> allAnswers(shorter).orElseGet(() -> lastAnswer(shorter)));
    }
    List<EncodedExample> examples = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).role() == Role.ASSISTANT) {
        List<ChatMessage> answered = messages.subList(0, i + 1);
        examples.addAll(fitting.fit(answered, lastAnswer(answered), this::lastAnswer));
      }
    }
    return examples;
  }

  /** Both answers after the same prompt; empty where it leaves no room for one of them. */
  public Optional<EncodedPreference> encode(Preference preference) {
    EncodedPreference whole = encode(preference, preference.prompt());
    if (whole.length() <= fitting.maxTokens()) {
      return Optional.of(whole);
    }
    List<ChatMessage> kept =
        fitting.shorten(preference.prompt(), shorter -> encode(preference, shorter).length());
    EncodedPreference shorter = encode(preference, kept);
    EncodedExample chosen = shorter.chosen().cut(fitting.maxTokens()).asShortened();
    EncodedExample rejected = shorter.rejected().cut(fitting.maxTokens()).asShortened();
    return chosen.trainedTokens() == 0 || rejected.trainedTokens() == 0
        ? Optional.empty()
        : Optional.of(new EncodedPreference(chosen, rejected));
  }

  /** An answer after its prompt; empty where that leaves no room for it. */
  public Optional<EncodedExample> encode(List<ChatMessage> prompt, String answer) {
    List<ChatMessage> messages = new ArrayList<>(prompt);
    messages.add(ChatMessage.assistant(answer));
    return fitting.fit(messages, lastAnswer(messages), this::lastAnswer).stream().findFirst();
  }

  /** A prompt; empty where even its last question is too long. */
  public Optional<EncodedPrompt> encode(Prompt prompt) {
    int[] whole = template.encode(prompt.messages(), tokenizer);
    if (whole.length <= fitting.maxTokens()) {
      return Optional.of(new EncodedPrompt(whole, false));
    }
    List<ChatMessage> kept =
        fitting.shorten(prompt.messages(), shorter -> template.encode(shorter, tokenizer).length);
    int[] shorter = template.encode(kept, tokenizer);
    return shorter.length <= fitting.maxTokens()
        ? Optional.of(new EncodedPrompt(shorter, true))
        : Optional.empty();
  }

  private EncodedPreference encode(Preference preference, List<ChatMessage> prompt) {
    return new EncodedPreference(
        answered(prompt, preference.chosen()), answered(prompt, preference.rejected()));
  }

  private EncodedExample answered(List<ChatMessage> prompt, String answer) {
    List<ChatMessage> messages = new ArrayList<>(prompt);
    messages.add(ChatMessage.assistant(answer));
    return lastAnswer(messages);
  }

  private EncodedExample lastAnswer(List<ChatMessage> messages) {
    return EncodedExample.of(template.lastAnswer(messages, tokenizer, ends));
  }

  private Optional<EncodedExample> allAnswers(List<ChatMessage> messages) {
    return template.allAnswers(messages, tokenizer, ends).map(EncodedExample::of);
  }
}
