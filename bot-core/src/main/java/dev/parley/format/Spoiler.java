package dev.parley.format;

import org.commonmark.node.CustomNode;
import org.commonmark.node.Delimited;

/** Text between two pairs of bars. */
final class Spoiler extends CustomNode implements Delimited {
  @Override
  public String getOpeningDelimiter() {
    return "||";
  }

  @Override
  public String getClosingDelimiter() {
    return "||";
  }
}
