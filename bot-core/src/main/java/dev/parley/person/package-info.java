/**
 * Who talks with Parley and where: people, their custom instructions, places. Knows no
 * conversation.
 */
@NullMarked
package dev.parley.person;

import org.jspecify.annotations.NullMarked;
