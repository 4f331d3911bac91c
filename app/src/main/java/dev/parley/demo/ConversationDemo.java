package dev.parley.demo;

import dev.parley.model.ChatMessage;
import dev.parley.model.ModelException;
import dev.parley.model.Role;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.SupervisedFineTuning;
import dev.parley.model.training.TrainingOptions;
import dev.parley.model.training.TrainingRun;
import dev.parley.model.training.TrainingStep;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.PlainEncoder;
import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.Weights;
import dev.parley.training.CurvesPicture;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A model learns a single conversation by the plain recipe, in which turns are lines of text, until
 * it repeats every answer word for word. Confined to one thread.
 */
public final class ConversationDemo {
  /** The plain recipe has three epochs of many conversations; of a single one it takes more. */
  private static final int EPOCHS = 150;

  /** Where the mean token is as sure, whole answers may be. */
  private static final double LEARNED = 0.05;

  /** Steps between two looks at the answers. */
  private static final int PATIENCE = 5;

  /** Tokens that an answer may be longer by than the one to be learned. */
  private static final int LONGER = 16;

  private final ModelParts parts;
  private final List<ChatMessage> conversation;
  private final double rate;
  private final long seed;
  private final PrintStream out;
  private final PrintStream err;
  private final TreeMap<Integer, Double> losses = new TreeMap<>();

  /**
   * @param conversation question and answer in turn
   * @param rate the highest learning rate
   * @param out for the table
   * @param err for what happens meanwhile
   */
  public ConversationDemo(
      ModelParts parts,
      List<ChatMessage> conversation,
      double rate,
      long seed,
      PrintStream out,
      PrintStream err) {
    this.parts = parts;
    this.conversation = List.copyOf(conversation);
    this.rate = rate;
    this.seed = seed;
    this.out = out;
    this.err = err;
  }

  /** The conversation that comes with the program. */
  public static List<ChatMessage> usual() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ConversationDemo.class.getResourceAsStream("conversation.txt"))) {
      List<ChatMessage> messages = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        messages.add(
            messages.size() % 2 == 0 ? ChatMessage.user(line) : ChatMessage.assistant(line));
      }
      return messages;
    }
  }

  /**
   * Learns, and shows what came of it.
   *
   * @param folder for the picture
   * @return whether every answer is the one that was learned
   * @throws ModelException where the model has no room for the conversation
   */
  public boolean run(Path folder) throws IOException {
    List<String> questions = texts(Role.USER);
    List<String> wanted = texts(Role.ASSISTANT);
    PlainChat chat = new PlainChat(parts.tokenizer(), parts.plainEnd(), answerTokens(wanted));
    EncodedExample row = row();
    int room = row.length() + wanted.size() * chat.answerTokens(); // for any answers before
    int longest = Math.min(parts.checkpoint().contextLength(), room);
    try (TrainableTransformer network =
        TrainableTransformer.lora(
            parts.checkpoint(),
            Processor.CPU,
            Weights.FP32,
            longest,
            new LoraOptions(16, 32, 0, LoraOptions.USUAL.targets(), seed))) {
      err.println("Asking the model as it is …");
      List<String> before = chat.answers(network, questions);
      List<String> after = learn(network, row, chat, questions, wanted);
      Files.createDirectories(folder);
      draw(folder.resolve("conversation.png"));
      out.print(table(questions, before, after, wanted));
      out.printf(
          "%d of %d answers are word for word those of the conversation, after %d steps.%n"
              + "The picture is in %s%n",
          exact(after, wanted), wanted.size(), losses.lastKey(), folder);
      return after.equals(wanted);
    }
  }

  private EncodedExample row() throws IOException {
    PlainEncoder encoder =
        new PlainEncoder(
            parts.tokenizer(),
            parts.plainEnd(),
            PlainEncoder.Loss.EVERYTHING,
            parts.checkpoint().contextLength());
    List<EncodedExample> rows = encoder.encode(new Demonstration("demo", conversation));
    if (rows.isEmpty() || rows.getFirst().shortened()) {
      throw new ModelException(
          "%s has no room for the whole conversation in its %,d tokens: name another by --model."
              .formatted(parts.path(), parts.checkpoint().contextLength()));
    }
    return rows.getFirst();
  }

  private int answerTokens(List<String> wanted) {
    return LONGER
        + wanted.stream()
            .mapToInt(each -> parts.tokenizer().encode(each).length)
            .max()
            .orElseThrow();
  }

  private List<String> texts(Role role) {
    return conversation.stream()
        .filter(each -> each.role() == role)
        .map(ChatMessage::text)
        .toList();
  }

  /** Until the answers are the wanted ones, or patience ends; what it answers then. */
  private List<String> learn(
      TrainableTransformer network,
      EncodedExample row,
      PlainChat chat,
      List<String> questions,
      List<String> wanted)
      throws IOException {
    TrainingOptions options =
        new TrainingOptions(
            EPOCHS, 1, row.length(), rate, 0.05, AdamW.Options.USUAL.withDecay(0), seed);
    TrainingRun<EncodedExample> run =
        new TrainingRun<>(network, new SupervisedFineTuning(network), List.of(row), options);
    List<String> answers = new ArrayList<>();
    try {
      run.run(
          step -> {
            losses.put(step.number(), step.loss());
            err.printf("step %d, loss %.4f%n", step.number(), step.loss());
            if (isTimeToLook(step)) {
              answers.clear();
              answers.addAll(asked(chat, network, questions));
            }
            return !answers.equals(wanted);
          });
      return answers;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isTimeToLook(TrainingStep step) {
    return step.number() == step.of() || (step.loss() < LEARNED && step.number() % PATIENCE == 0);
  }

  private static List<String> asked(
      PlainChat chat, TrainableTransformer network, List<String> questions) {
    try {
      return chat.answers(network, questions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void draw(Path file) throws IOException {
    new CurvesPicture(
            "One conversation is learned by heart",
            "step",
            List.of(new CurvesPicture.Panel("loss", losses, new TreeMap<>(), false)))
        .write(file);
  }

  private static Table table(
      List<String> questions, List<String> before, List<String> after, List<String> wanted) {
    Table table = new Table("question", "answer before", "answer after", "exact");
    for (int i = 0; i < questions.size(); i++) {
      table.row(
          questions.get(i),
          before.get(i),
          after.get(i),
          after.get(i).equals(wanted.get(i)) ? "yes" : "no");
    }
    return table;
  }

  private static long exact(List<String> answers, List<String> wanted) {
    long exact = 0;
    for (int i = 0; i < wanted.size(); i++) {
      exact += answers.get(i).equals(wanted.get(i)) ? 1 : 0;
    }
    return exact;
  }
}
