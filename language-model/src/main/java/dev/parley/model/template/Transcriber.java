package dev.parley.model.template;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import dev.parley.model.Thoughts;
import dev.parley.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Finds the answers in what a template makes of one conversation: each begins where the prompt for
 * it ends, so that the model learns to go on from the very tokens it will be given. Confined to one
 * thread.
 */
final class Transcriber {
  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final Set<Integer> ends;
  private final Veil veil;
  private final List<ChatMessage> messages;

  /**
   * @param messages in people's words
   */
  Transcriber(
      ChatTemplate template, List<ChatMessage> messages, Tokenizer tokenizer, Set<Integer> ends) {
    if (messages.isEmpty() || messages.getLast().role() != Role.ASSISTANT) {
      throw new IllegalArgumentException("the last message must be the assistant's");
    }
    this.template = template;
    this.tokenizer = tokenizer;
    this.ends = ends;
    this.veil = new Veil(tokenizer);
    this.messages = veil.cover(messages);
  }

  /**
   * A conversation up to a message of the assistant's.
   *
   * @param text as the template writes it
   * @param from where the answer begins in it
   * @param to where the token that ends it is over
   */
  private record Answered(String text, int from, int to) {}

  Transcript lastAnswer() {
    Answered last = answered(messages.size() - 1, template.render(messages, false));
    List<Transcript.Part> parts = new ArrayList<>();
    addParts(parts, last, 0);
    return new Transcript(parts);
  }

  Optional<Transcript> allAnswers() {
    String whole = template.render(messages, false);
    List<Transcript.Part> parts = new ArrayList<>();
    int done = 0;
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).role() == Role.ASSISTANT) {
        boolean last = i == messages.size() - 1;
        Answered turn =
            answered(i, last ? whole : template.render(messages.subList(0, i + 1), false));
        if (!whole.startsWith(turn.text().substring(0, turn.to()))) {
          return Optional.empty();
        }
        addParts(parts, turn, done);
        done = turn.to();
      }
    }
    return Optional.of(new Transcript(parts));
  }

  /**
   * @param whole what the template makes of the messages up to this one
   */
  private Answered answered(int index, String whole) {
    String prompt = template.answerPrompt(messages.subList(0, index));
    String text = whole.startsWith(prompt) ? whole : prompt + fromAnswer(whole, index);
    int from = afterThought(text, prompt.length());
    return new Answered(text, from, end(text, from));
  }

  /** Where a prompt has a thought without words and the whole conversation none, say. */
  private String fromAnswer(String whole, int index) {
    int at = whole.lastIndexOf(messages.get(index).text().strip());
    if (at < 0) {
      throw new TemplateException("it changes the words of answers");
    }
    return whole.substring(at);
  }

  /** Where its tags are control tokens, a thought is the template's: people's text is veiled. */
  private int afterThought(String text, int from) {
    if (!text.startsWith(Thoughts.OPEN, from)
        || tokenizer.controlToken(Thoughts.OPEN).isEmpty()
        || tokenizer.controlToken(Thoughts.CLOSE).isEmpty()) {
      return from;
    }
    int after = text.indexOf(Thoughts.CLOSE, from) + Thoughts.CLOSE.length();
    while (after < text.length() && Character.isWhitespace(text.charAt(after))) {
      after++;
    }
    return after;
  }

  private int end(String text, int from) {
    Matcher control = tokenizer.controlTokensIn(text);
    boolean found = control.find(from);
    while (found && !ends.contains(tokenizer.controlToken(control.group()).orElse(-1))) {
      found = control.find();
    }
    return found ? control.end() : text.length();
  }

  /**
   * Prompt and answer are encoded as one where the prompt's tokens are the same alone, which keeps
   * a space with its word; else apart, because the model will go on from the prompt's tokens.
   */
  private void addParts(List<Transcript.Part> parts, Answered turn, int done) {
    int[] prompt = encode(turn.text().substring(done, turn.from()));
    int[] both = encode(turn.text().substring(done, turn.to()));
    boolean same =
        both.length >= prompt.length
            && Arrays.equals(prompt, 0, prompt.length, both, 0, prompt.length);
    int[] answer =
        same
            ? Arrays.copyOfRange(both, prompt.length, both.length)
            : encode(turn.text().substring(turn.from(), turn.to()));
    parts.add(new Transcript.Part(prompt, false));
    parts.add(new Transcript.Part(answer, true));
  }

  private int[] encode(String rendered) {
    return ChatTemplate.encode(rendered, veil, tokenizer);
  }
}
