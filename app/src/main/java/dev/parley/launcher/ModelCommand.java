package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.loading.ModelChoices;
import dev.parley.loading.Models;
import dev.parley.model.ModelException;
import dev.parley.model.catalogue.CatalogueEntry;
import dev.parley.model.catalogue.Machine;
import dev.parley.model.catalogue.ModelStore;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley model}: what there is, what is here, and what answers. */
@Command(
    name = "model",
    description = "Lists, fetches, chooses and removes models.",
    mixinStandardHelpOptions = true)
final class ModelCommand {

  @Command(
      name = "list",
      description = "Shows the catalogue and what suits this machine.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = "--language",
              paramLabel = "CODE",
              description = "Only models that speak it, such as zh.",
              defaultValue = "")
          String language)
      throws Exception {
    ModelChoices choices = new ModelChoices(Parley.configuration());
    ModelStore store = choices.store();
    Machine machine = choices.machine();
    Optional<String> used = choices.name();
    for (CatalogueEntry entry : choices.catalogue().entries()) {
      if (!language.isEmpty() && !entry.languages().contains(language)) {
        continue;
      }
      System.out.printf(
          "%s %-26s %7.0f MB  %-12s %-18s %s%n",
          used.filter(entry.id()::equals).isPresent() ? "*" : " ",
          entry.id(),
          entry.size() / 1e6,
          String.join(",", entry.languages().stream().limit(4).toList()),
          entry.licence(),
          state(entry, store, machine));
    }
    return 0;
  }

  @Command(name = "pull", description = "Fetches a model.", mixinStandardHelpOptions = true)
  int pull(
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = {"-y", "--yes"},
              description = "Agree to size and licence beforehand.")
          boolean yes)
      throws Exception {
    Models models = new Models(Parley.configuration(), System.err);
    System.out.println(models.fetching().pull(entry(models.choices(), id), yes));
    return 0;
  }

  @Command(
      name = "use",
      description = "Chooses the model that answers from the next start on.",
      mixinStandardHelpOptions = true)
  int use(@Parameters(paramLabel = "ID") String id) throws Exception {
    Configuration configuration = Parley.configuration();
    DataFolder.make(configuration);
    ModelChoices choices = new ModelChoices(configuration);
    CatalogueEntry entry = entry(choices, id);
    choices.choose(entry);
    System.out.println(entry.name() + " answers from the next start on.");
    return 0;
  }

  @Command(
      name = "remove",
      description = "Deletes a model's file.",
      mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "ID") String id) throws Exception {
    ModelChoices choices = new ModelChoices(Parley.configuration());
    boolean removed = choices.store().remove(known(choices, id));
    System.out.println(removed ? "Removed " + id + "." : "There is no file of " + id + ".");
    return removed ? 0 : 1;
  }

  /** An id of the catalogue, or of a file that lies in the models folder. */
  private static String known(ModelChoices choices, String id) {
    boolean here = choices.store().installed().stream().anyMatch(model -> model.id().equals(id));
    return here ? id : entry(choices, id).id();
  }

  private static CatalogueEntry entry(ModelChoices choices, String id) {
    return choices
        .catalogue()
        .find(id)
        .orElseThrow(
            () ->
                new ModelException(
                    "There is no model named "
                        + id
                        + ": ./parley model list shows what there is."));
  }

  private static String state(CatalogueEntry entry, ModelStore store, Machine machine) {
    if (store.isInstalled(entry.id())) {
      return "here";
    }
    if (!machine.supports(entry)) {
      return "needs a later version";
    }
    return machine.holds(entry) ? "" : "needs more memory";
  }
}
