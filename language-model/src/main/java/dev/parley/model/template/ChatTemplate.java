package dev.parley.model.template;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import dev.parley.model.Thoughts;
import dev.parley.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A model's chat template, in Jinja as transformers' {@code apply_chat_template} runs it. Templates
 * come with model files from strangers: they run in a sandbox, with bounds on what they write and
 * use. Thread-safe.
 */
public final class ChatTemplate {
  private static final String INDENTED =
      Stream.of("\\n", "\\r", "\u000B", "\f", "\u0085", "\u2028", "\u2029")
          .map(end -> " | replace('" + end + "', '\\n  ')")
          .collect(Collectors.joining());

  /** Used where a model brings no template but knows ChatML's tokens. */
  private static final String CHATML =
      "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n"
          + "' + message['content'] + '<|im_end|>' + '\\n"
          + "' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n"
          + "' }}{% endif %}";

  /**
   * Used where a model brings neither: plain text that a base model can continue. Where nothing but
   * a line's beginning says whose turn it is, a message's further lines begin otherwise.
   */
  private static final String PLAIN =
      "{% for message in messages %}{{ message['role'] + ': ' + message['content']"
          + INDENTED
          + " + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ 'assistant:' }}{% endif %}";

  /** Ends a thought without a word, as Qwen 3 reads it where it is not to think. */
  private static final String NO_THOUGHT = "\n\n" + Thoughts.CLOSE + "\n\n";

  private final Jinja jinja;
  private final Map<String, Object> variables;

  private ChatTemplate(String source, Map<String, Object> variables) {
    this.jinja = Jinja.parse(source);
    this.variables = Map.copyOf(variables);
  }

  /** The source to use where a model brings none. */
  public static String usual(Tokenizer tokenizer) {
    return tokenizer.controlToken("<|im_start|>").isPresent() ? CHATML : PLAIN;
  }

  /**
   * Makes a template.
   *
   * @param source in Jinja
   * @param variables what it may use: {@code bos_token}, {@code eos_token}, options of the model
   */
  public static ChatTemplate of(String source, Map<String, Object> variables) {
    return new ChatTemplate(source, variables);
  }

  /**
   * Renders as transformers does; the messages' text is not protected.
   *
   * @throws TemplateException where the template fails or refuses these messages
   */
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    Map<String, Object> context = new HashMap<>(variables);
    context.put("add_generation_prompt", addGenerationPrompt);
    context.put(
        "messages",
        messages.stream()
            .map(message -> Map.of("role", message.role().wireName(), "content", message.text()))
            .toList());
    return jinja.render(context);
  }

  /**
   * Makes the prompt. Control tokens come from the template alone, never from a message, whose
   * words a template cannot read either; text between two of them is encoded as one piece. Where
   * the last message is the assistant's, the prompt ends within it, so that the model goes on; a
   * thought that the template opens is closed before it.
   */
  public int[] encode(List<ChatMessage> messages, Tokenizer tokenizer) {
    boolean goesOn = messages.getLast().role() == Role.ASSISTANT;
    Veil veil = new Veil(tokenizer);
    List<ChatMessage> covered = veil.cover(messages);
    String prompt =
        goesOn
            ? answerPrompt(covered.subList(0, covered.size() - 1)) + covered.getLast().text()
            : render(covered, true);
    return encode(prompt, veil, tokenizer);
  }

  /** The prompt that an answer without a thought follows at once. */
  String answerPrompt(List<ChatMessage> messages) {
    String rendered = render(messages, true);
    return Thoughts.opensAtEnd(rendered) ? rendered.stripTrailing() + NO_THOUGHT : rendered;
  }

  /**
   * Writes a conversation up to the end of its last message, the assistant's, whose tokens are told
   * apart from those before. Control tokens come from the template alone, as in {@link #encode}.
   *
   * @param ends tokens by which the model ends an answer: the first one after it belongs to it;
   *     where the template writes none, all that it writes after it
   * @throws IllegalArgumentException if the last message is not the assistant's
   * @throws TemplateException where the template fails or refuses these messages
   */
  public Transcript lastAnswer(List<ChatMessage> messages, Tokenizer tokenizer, Set<Integer> ends) {
    return new Transcriber(this, messages, tokenizer, ends).lastAnswer();
  }

  /**
   * As {@link #lastAnswer}, with every message of the assistant's told apart. Empty where the
   * template writes an answer otherwise once the conversation has gone on, as those do that leave
   * out earlier thoughts: then no single text holds all answers as they were given.
   */
  public Optional<Transcript> allAnswers(
      List<ChatMessage> messages, Tokenizer tokenizer, Set<Integer> ends) {
    return new Transcriber(this, messages, tokenizer, ends).allAnswers();
  }

  static int[] encode(String rendered, Veil veil, Tokenizer tokenizer) {
    IntStream.Builder ids = IntStream.builder();
    Matcher control = tokenizer.controlTokensIn(rendered);
    int from = 0;
    while (control.find()) {
      String text = veil.uncover(rendered.substring(from, control.start()));
      Arrays.stream(tokenizer.encode(text)).forEach(ids);
      OptionalInt id = tokenizer.controlToken(control.group());
      id.ifPresent(ids::add);
      from = control.end();
    }
    Arrays.stream(tokenizer.encode(veil.uncover(rendered.substring(from)))).forEach(ids);
    return ids.build().toArray();
  }
}
