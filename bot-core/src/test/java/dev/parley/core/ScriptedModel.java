package dev.parley.core;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.ModelInfo;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Says what a test wrote for it, word by word, and remembers what it was given to read. It can be
 * held after its first word, and told to fail. A token is a word; {@code <think>} … {@code
 * </think>} at the beginning is a thought. Thread-safe.
 */
final class ScriptedModel implements LanguageModel {
  private final int parallel;
  private final List<String> languages;

  // all below: guarded by this
  private final List<List<ChatMessage>> prompts = new ArrayList<>();
  private final List<GenerationOptions> options = new ArrayList<>();
  private Function<List<ChatMessage>, String> script =
      prompt -> "Answer to " + prompt.getLast().text();
  private FinishReason ending = FinishReason.END;
  private int failures;
  private boolean held;
  private int closed;
  private int steps;
  private int forgotten;

  ScriptedModel(int parallel, List<String> languages) {
    this.parallel = parallel;
    this.languages = languages;
  }

  synchronized void answers(Function<List<ChatMessage>, String> answer) {
    script = answer;
  }

  void answers(String answer) {
    answers(prompt -> answer);
  }

  /** How all further answers end. */
  synchronized void endsWith(FinishReason reason) {
    ending = reason;
  }

  synchronized void failsTimes(int times) {
    failures = times;
  }

  /** Every answer stops after its first word until {@link #release}. */
  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  /** One more word, of whatever is held. */
  synchronized void step() {
    steps++;
    notifyAll();
  }

  synchronized void awaitPrompts(int count) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (prompts.size() < count) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the model was asked " + prompts.size() + " times only");
      }
      wait(100);
    }
  }

  synchronized List<List<ChatMessage>> prompts() {
    return List.copyOf(prompts);
  }

  List<ChatMessage> lastPrompt() {
    return prompts().getLast();
  }

  synchronized GenerationOptions lastOptions() {
    return options.getLast();
  }

  /** How often it was told to forget. */
  synchronized int forgotten() {
    return forgotten;
  }

  @Override
  public synchronized void forget() {
    forgotten++;
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("Scripted", "scripted-1", 4_096, "Apache-2.0", languages);
  }

  @Override
  public Capacity capacity() {
    return new Capacity(parallel, 1_000, 100);
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return messages.stream().mapToInt(m -> 2 + m.text().split("\\s+", -1).length).sum();
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions wanted, TextListener listener) {
    Run run = new Run(new Speech(messages, listener));
    synchronized (this) {
      prompts.add(List.copyOf(messages));
      options.add(wanted);
      run.text = script.apply(messages);
      run.ending = ending;
      run.fails = failures > 0;
      failures = Math.max(0, failures - 1);
      notifyAll();
    }
    run.promptTokens = countTokens(messages);
    Thread.ofVirtual().start(run);
    return run;
  }

  /** How often it was closed. */
  synchronized int closed() {
    return closed;
  }

  synchronized void awaitClosed() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (closed == 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the model was not closed");
      }
      wait(100);
    }
  }

  @Override
  public synchronized void close() {
    closed++;
    notifyAll();
  }

  private final class Run implements Generation, Runnable {
    private final CompletableFuture<GenerationResult> result = new CompletableFuture<>();
    private final Speech speech;
    private int words;
    private String text = "";
    private FinishReason ending = FinishReason.END;
    private boolean fails;
    private int promptTokens;
    private boolean cancelled; // guarded by the model

    Run(Speech speech) {
      this.speech = speech;
    }

    @Override
    public void run() {
      if (fails) {
        result.completeExceptionally(new ModelException("told to fail"));
        return;
      }
      for (String word : text.split("(?<= )", -1)) {
        if (!word.isEmpty() && !isCancelled()) {
          words++;
          speech.say(word);
          awaitRelease();
        }
      }
      speech.end();
      result.complete(
          new GenerationResult(
              speech.thought(),
              speech.text(),
              isCancelled() ? FinishReason.CANCELLED : ending,
              promptTokens,
              0,
              words,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO));
    }

    private boolean isCancelled() {
      synchronized (ScriptedModel.this) {
        return cancelled;
      }
    }

    private void awaitRelease() {
      synchronized (ScriptedModel.this) {
        int before = steps;
        while (held && !cancelled && steps == before) {
          try {
            ScriptedModel.this.wait();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    }

    @Override
    public void cancel() {
      synchronized (ScriptedModel.this) {
        cancelled = true;
        ScriptedModel.this.notifyAll();
      }
    }

    @Override
    public CompletableFuture<GenerationResult> result() {
      return result;
    }
  }
}
