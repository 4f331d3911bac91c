package dev.parley.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report for programs. */
public final class Json {
  private Json() {}

  public static String of(Report report) {
    ObjectNode all = new ObjectMapper().createObjectNode();
    all.put("model", report.model());
    all.put("runs_on", report.runsOn());
    all.put("slots", report.slots());
    all.put("context", report.context());
    all.put("rounds", report.rounds());
    ArrayNode results = all.putArray("results");
    for (Result result : report.results()) {
      ObjectNode one = results.addObject();
      one.put("measure", result.measure());
      ArrayNode figures = one.putArray("figures");
      for (Figure figure : result.figures()) {
        figures
            .addObject()
            .put("what", figure.what())
            .put("people", figure.people())
            .put("value", figure.value())
            .put("unit", figure.unit().sign());
      }
      ArrayNode leftOut = one.putArray("left_out");
      result.leftOut().forEach(leftOut::add);
    }
    report.verdict().ifPresent(sentence -> all.put("verdict", sentence));
    return all.toPrettyString();
  }
}
