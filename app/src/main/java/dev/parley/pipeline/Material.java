package dev.parley.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.learning.TrainingSet;
import dev.parley.model.ChatMessage;
import dev.parley.model.ModelException;
import dev.parley.model.Role;
import dev.parley.model.training.data.DataFile;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.training.data.Preference;
import dev.parley.training.DataFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a training has to learn from and to judge by; questions that are judged by are in nothing
 * that is learned from. Immutable.
 *
 * @param answers good ones, to learn from
 * @param pairs to learn from
 * @param judgedAnswers good ones, kept apart
 * @param judgedPairs kept apart
 */
record Material(
    List<Demonstration> answers,
    List<Preference> pairs,
    List<Demonstration> judgedAnswers,
    List<Preference> judgedPairs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Material {
    answers = List.copyOf(answers);
    pairs = List.copyOf(pairs);
    judgedAnswers = List.copyOf(judgedAnswers);
    judgedPairs = List.copyOf(judgedPairs);
  }

  /**
   * Gathers what the bot's people allowed and what files have.
   *
   * @param imports files of JSON lines, of good answers and of preferences
   * @param system what the model is told first in every conversation, for rows that have no such
   *     message: what is learned without it is not what people get with it; may be empty
   * @param folder for what is written meanwhile; must be there
   * @throws ModelException with every line of a file that cannot be used
   */
  static Material gather(
      TrainingSet own, List<Path> imports, String system, HeldOut heldOut, Path folder)
      throws IOException {
    List<Demonstration> answers = new ArrayList<>();
    List<Preference> pairs = new ArrayList<>();
    own.write(folder);
    try { // what people wrote may be of a form that cannot be learned: it is left out
      DataFile.readDemonstrations(folder.resolve(TrainingSet.DEMONSTRATIONS), answers::add);
      DataFile.readPreferences(folder.resolve(TrainingSet.PREFERENCES), pairs::add);
    } finally {
      for (String file :
          List.of(TrainingSet.DEMONSTRATIONS, TrainingSet.PREFERENCES, TrainingSet.RATED)) {
        Files.deleteIfExists(folder.resolve(file));
      }
    }
    new DataFiles(imports, false).readBoth(answers::add, pairs::add);
    HeldOut.Sides<Demonstration> sides = heldOut.demonstrations(answers);
    HeldOut.Sides<Preference> pairSides = heldOut.preferences(pairs);
    return new Material(
        answersAfter(system, sides.training()),
        pairsAfter(system, pairSides.training()),
        answersAfter(system, sides.heldOut()),
        pairsAfter(system, pairSides.heldOut()));
  }

  private static List<Demonstration> answersAfter(String system, List<Demonstration> rows) {
    return rows.stream()
        .map(row -> new Demonstration(row.id(), after(system, row.messages())))
        .toList();
  }

  private static List<Preference> pairsAfter(String system, List<Preference> rows) {
    return rows.stream()
        .map(
            row ->
                new Preference(row.id(), after(system, row.prompt()), row.chosen(), row.rejected()))
        .toList();
  }

  private static List<ChatMessage> after(String system, List<ChatMessage> messages) {
    if (system.isBlank() || messages.getFirst().role() == Role.SYSTEM) {
      return messages;
    }
    List<ChatMessage> all = new ArrayList<>();
    all.add(ChatMessage.system(system));
    all.addAll(messages);
    return all;
  }

  /** Of all of it. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Stream.of(ofAnswers(answers), ofPairs(pairs), ofAnswers(judgedAnswers), ofPairs(judgedPairs))
          .map(text -> text.getBytes(StandardCharsets.UTF_8))
          .forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** In the form that trainers read. */
  static String ofAnswers(List<Demonstration> rows) {
    StringBuilder text = new StringBuilder();
    for (Demonstration row : rows) {
      ObjectNode line = JSON.createObjectNode().put("id", row.id());
      put(line.putArray("messages"), row.messages());
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** As {@link #ofAnswers}. */
  static String ofPairs(List<Preference> rows) {
    StringBuilder text = new StringBuilder();
    for (Preference row : rows) {
      ObjectNode line = JSON.createObjectNode().put("id", row.id());
      put(line.putArray("messages"), row.prompt());
      text.append(line.put("chosen", row.chosen()).put("rejected", row.rejected())).append('\n');
    }
    return text.toString();
  }

  private static void put(ArrayNode array, List<ChatMessage> messages) {
    for (ChatMessage message : messages) {
      array.addObject().put("role", message.role().wireName()).put("content", message.text());
    }
  }
}
