/**
 * Response ranking: which of several replies fits a dialogue best, by a small ranker that learns
 * from dialogues and rejected replies. Scoring is plain Java and needs no language model; learning
 * may be helped by one.
 */
@NullMarked
package dev.parley.model.ranking;

import org.jspecify.annotations.NullMarked;
