package dev.parley.server;

import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.LocalModel;
import dev.parley.platform.PersonId;
import dev.parley.queue.GenerationRequest.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what requests want, by OpenAI's API reference and what vLLM adds to it (top_k, min_p,
 * repetition_penalty, ignore_eos). Unknown fields are passed over. Thread-safe.
 */
final class Requests {
  private static final int MOST_STOP_TEXTS = 16;
  private static final int LONGEST_STOP_TEXT = 1_000;
  private static final int LONGEST_USER = 256;

  /** Below it probabilities overflow, and the best token is as good as certain. */
  private static final double GREEDY_BELOW = 0.01;

  private final ServedModel served;

  Requests(ServedModel served) {
    this.served = served;
  }

  Request chat(Fields body) throws Refusal {
    check(body);
    List<ChatMessage> messages = ChatMessages.read(body);
    GenerationOptions options = options(body);
    try {
      checkRoom("messages", served.model().countTokens(messages));
    } catch (ModelException e) { // the chat template may not take these roles
      throw Refusal.because(e);
    }
    return request(body, Prompt.chat(messages, options), AnswerFormat.chat(served));
  }

  Request text(Fields body) throws Refusal {
    check(body);
    if (!(served.model() instanceof LocalModel local)) {
      throw Refusal.malformed(
          "This model is another server's and continues chats only: use /v1/chat/completions.");
    }
    List<String> prompts = body.texts("prompt");
    if (prompts.size() != 1 || prompts.getFirst().isEmpty()) {
      throw Refusal.wrong("prompt", "must be one text that is not empty");
    }
    String prompt = prompts.getFirst();
    GenerationOptions options = options(body);
    checkRoom("prompt", local.countTokens(prompt));
    return request(
        body,
        (model, listener) -> local.complete(prompt, options, listener),
        AnswerFormat.text(served));
  }

  private void check(Fields body) throws Refusal {
    Optional<String> model = body.text("model");
    if (model.isPresent()) {
      served.check(model.get());
    }
    Unsupported.check(body);
  }

  private void checkRoom(String field, int tokens) throws Refusal {
    int contextLength = served.model().info().contextLength();
    if (tokens >= contextLength) {
      throw Refusal.tooLong(field, tokens, contextLength);
    }
  }

  private static Request request(Fields body, Prompt prompt, AnswerFormat format) throws Refusal {
    String user = body.text("user").filter(name -> !name.isBlank()).orElse("anybody");
    if (user.length() > LONGEST_USER) {
      throw Refusal.wrong("user", "must have at most " + LONGEST_USER + " characters");
    }
    return new Request(
        new PersonId(Answering.PLATFORM, user),
        prompt,
        format,
        body.flag("stream"),
        body.flag("stream_options", "include_usage"));
  }

  private GenerationOptions options(Fields body) throws Refusal {
    int contextLength = served.model().info().contextLength();
    Optional<Long> older = body.whole("max_tokens", 1, Integer.MAX_VALUE);
    Optional<Long> newer = body.whole("max_completion_tokens", 1, Integer.MAX_VALUE);
    // what does not fit ends by itself: the model knows its context
    long maxTokens = Math.min(newer.or(() -> older).orElse(Long.MAX_VALUE), contextLength);
    return new GenerationOptions(
        (int) maxTokens,
        sampling(body),
        stopTexts(body),
        GenerationOptions.NO_TIME_LIMIT,
        body.flag("ignore_eos"));
  }

  private SamplingOptions sampling(Fields body) throws Refusal {
    SamplingOptions usual = served.sampling();
    double temperature = body.decimal("temperature", 0, 2).orElse(usual.temperature());
    Optional<Long> topK = body.whole("top_k", -1, Integer.MAX_VALUE); // vLLM's -1 is all
    Optional<Double> topP = body.decimal("top_p", Double.MIN_VALUE, 1);
    Optional<Long> seed = body.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    return new SamplingOptions(
        temperature < GREEDY_BELOW ? 0 : temperature,
        topK.map(k -> (int) Math.max(0, k)).orElse(usual.topK()),
        topP.orElse(usual.topP()),
        body.decimal("min_p", 0, 1).orElse(usual.minP()),
        body.decimal("repetition_penalty", 1, 10).orElse(usual.repetitionPenalty()),
        body.decimal("frequency_penalty", 0, 2).orElse(usual.frequencyPenalty()),
        seed.map(OptionalLong::of).orElse(usual.seed()));
  }

  private static List<String> stopTexts(Fields body) throws Refusal {
    List<String> texts = body.texts("stop");
    if (texts.size() > MOST_STOP_TEXTS
        || texts.stream().anyMatch(t -> t.isEmpty() || t.length() > LONGEST_STOP_TEXT)) {
      throw Refusal.wrong(
          "stop",
          "must be at most %d texts of 1 to %d characters"
              .formatted(MOST_STOP_TEXTS, LONGEST_STOP_TEXT));
    }
    return texts;
  }
}
