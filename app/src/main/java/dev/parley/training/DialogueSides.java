package dev.parley.training;

import dev.parley.model.ranking.Dialogue;
import dev.parley.model.ranking.DialogueData;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.training.data.Preference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The dialogues of files.
 *
 * @param training to learn from
 * @param heldOut to be examined by
 */
record DialogueSides(List<Dialogue> training, List<Dialogue> heldOut) {
  /**
   * Reads demonstrations and preferences, in the usual shapes.
   *
   * @throws dev.parley.model.ModelException as {@link DataFiles#readBoth}
   */
  static DialogueSides read(DataFiles files, HeldOut held) throws IOException {
    List<Demonstration> demonstrations = new ArrayList<>();
    List<Preference> preferences = new ArrayList<>();
    files.readBoth(demonstrations::add, preferences::add);
    HeldOut.Sides<Demonstration> shown = held.demonstrations(demonstrations);
    HeldOut.Sides<Preference> preferred = held.preferences(preferences);
    return new DialogueSides(
        DialogueData.of(shown.training(), preferred.training()),
        DialogueData.of(shown.heldOut(), preferred.heldOut()));
  }
}
