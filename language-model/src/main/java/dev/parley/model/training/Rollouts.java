package dev.parley.model.training;

import dev.parley.model.SamplingOptions;
import dev.parley.model.sampling.Sampler;
import dev.parley.model.transformer.Transformer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Lets a network write answers to many prompts, as many at once as it has slots: where one ends,
 * the next begins. Confined to the network's thread.
 */
public final class Rollouts {
  private final Transformer network;
  private final IntPredicate endsAnswer;
  private final SamplingOptions sampling;
  private final int maxTokens;

  /**
   * Prepares to write.
   *
   * @param endsAnswer which tokens end an answer
   * @param sampling how tokens are drawn; its seed is not used
   * @param maxTokens of an answer
   */
  public Rollouts(
      Transformer network, IntPredicate endsAnswer, SamplingOptions sampling, int maxTokens) {
    this.network = network;
    this.endsAnswer = endsAnswer;
    this.sampling = sampling;
    this.maxTokens = maxTokens;
  }

  private final class Writing {
    final int number;
    final int[] prompt;
    final int slot;
    final Sampler sampler;
    final List<Integer> answer = new ArrayList<>();

    Writing(int number, int[] prompt, int slot, long seed) {
      this.number = number;
      this.prompt = prompt;
      this.slot = slot;
      this.sampler = new Sampler(sampling, seed + number);
    }

    int last() {
      return answer.getLast();
    }

    int position() {
      return prompt.length + answer.size() - 1;
    }

    /** Whether that was the last token. */
    boolean add(int token) {
      answer.add(token);
      return endsAnswer.test(token)
          || answer.size() == maxTokens
          || position() + 1 == network.slotLength();
    }

    Rollout done() {
      int[] tokens = answer.stream().mapToInt(Integer::intValue).toArray();
      return new Rollout(prompt, tokens, endsAnswer.test(last()));
    }
  }

  /**
   * Writes an answer to each prompt.
   *
   * @param prompts each with room in a slot for an answer
   * @param seed each prompt's answer depends on it and on the prompt's place in the list
   */
  public List<Rollout> write(List<int[]> prompts, long seed) {
    List<Optional<Rollout>> done = new ArrayList<>();
    prompts.forEach(prompt -> done.add(Optional.empty()));
    Deque<Integer> free = new ArrayDeque<>(IntStream.range(0, network.slots()).boxed().toList());
    List<Writing> writing = new ArrayList<>();
    int next = 0;
    while (next < prompts.size() || !writing.isEmpty()) {
      while (next < prompts.size() && !free.isEmpty()) {
        Writing begun = new Writing(next, prompts.get(next), free.remove(), seed);
        next++;
        float[] logits = network.prefill(begun.slot, 0, begun.prompt);
        if (begun.add(begun.sampler.next(logits, 0, logits.length))) {
          done.set(begun.number, Optional.of(begun.done()));
          free.add(begun.slot);
        } else {
          writing.add(begun);
        }
      }
      if (!writing.isEmpty()) {
        writing = step(writing, done, free);
      }
    }
    return done.stream().map(Optional::orElseThrow).toList();
  }

  /** One more token for all; those that go on. */
  private List<Writing> step(
      List<Writing> writing, List<Optional<Rollout>> done, Deque<Integer> free) {
    float[] logits =
        network.decode(
            writing.stream().mapToInt(Writing::last).toArray(),
            writing.stream().mapToInt(Writing::position).toArray(),
            writing.stream().mapToInt(each -> each.slot).toArray(),
            true);
    int vocabulary = network.vocabulary();
    List<Writing> goOn = new ArrayList<>();
    for (int i = 0; i < writing.size(); i++) {
      Writing each = writing.get(i);
      if (each.add(each.sampler.next(logits, i * vocabulary, vocabulary))) {
        done.set(each.number, Optional.of(each.done()));
        free.add(each.slot);
      } else {
        goOn.add(each);
      }
    }
    return goOn;
  }
}
