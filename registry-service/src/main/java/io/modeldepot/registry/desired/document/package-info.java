/**
 * What a models.yaml says. In order: bytes become a tree in which every value knows its line
 * ({@code YamlText}), the tree is read key by key ({@code Fields}), models and settings become
 * wishes in the catalog's own terms ({@code ModelReading}, {@code SettingReading}), and a document
 * is all of them. The same vocabulary is spoken backwards for an export ({@code ModelForm}, {@code
 * SettingForm}). Everything that is wrong is found at once, each with its place. Pure: nothing here
 * knows what the depot holds.
 */
@NullMarked
package io.modeldepot.registry.desired.document;

import org.jspecify.annotations.NullMarked;
