/** Chat messages to a model's prompt, by the template that came with the model. */
@NullMarked
package dev.parley.model.template;

import org.jspecify.annotations.NullMarked;
