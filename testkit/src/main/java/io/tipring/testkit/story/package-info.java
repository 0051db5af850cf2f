/// Stories: tests told in plain words, each run in many Worlds.
@NullMarked
package io.tipring.testkit.story;

import org.jspecify.annotations.NullMarked;
