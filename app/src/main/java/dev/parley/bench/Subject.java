package dev.parley.bench;

import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/**
 * What is measured.
 *
 * @param sampling as people get it
 * @param rounds that medians are over
 * @param residentAfterStart megabytes of memory after a first answer; 0 where that is unknown
 * @param tokensAfterStart how many the KV cache held then
 */
record Subject(
    LanguageModel model,
    SamplingOptions sampling,
    Words words,
    int rounds,
    double residentAfterStart,
    int tokensAfterStart) {

  int slots() {
    return model.capacity().parallel();
  }

  int context() {
    return model.info().contextLength();
  }

  double median(DoubleSupplier once) {
    double[] values = DoubleStream.generate(once).limit(rounds).sorted().toArray();
    return values[values.length / 2];
  }

  Generation start(List<ChatMessage> messages, int tokens, Running running) {
    return model.generate(
        messages, GenerationOptions.of(tokens, sampling).withIgnoreEnd(), running);
  }

  Answer answer(List<ChatMessage> messages, int tokens) {
    return answers(List.of(messages), tokens).getFirst();
  }

  /** All of them at once. */
  List<Answer> answers(List<List<ChatMessage>> prompts, int tokens) {
    List<Running> running = new ArrayList<>();
    List<Generation> generations = new ArrayList<>();
    for (List<ChatMessage> prompt : prompts) {
      Running one = new Running();
      running.add(one);
      generations.add(start(prompt, tokens, one));
    }
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < running.size(); i++) {
      answers.add(running.get(i).await(generations.get(i)));
    }
    return answers;
  }

  String tooFewSlots(int people) {
    return "%d at once: model.slots is %d".formatted(people, slots());
  }

  String tooLittleContext(String what, int tokens) {
    return "%s: takes %,d tokens, and the context has %,d".formatted(what, tokens, context());
  }
}
