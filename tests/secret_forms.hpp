// SPDX-License-Identifier: MIT
// How a secret can appear in a text: unchanged, percent-encoded, or within longer base64 data.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The base64 characters that depend only on `secret`, if it follows `before` other bytes.
inline std::string base64_within(const std::string& secret, std::size_t before,
                                 std::string_view last_two_letters) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" +
                              std::string(last_two_letters);
  std::string result;
  std::uint32_t bits = 0;
  std::size_t held = 0;
  for (const char c : std::string(before, '\0') + secret) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) result += letters[bits >> (held - 6) & 63U];
  }
  return result.substr((before * 8 + 5) / 6);
}

inline std::string percent_encoded_secret(const std::string& secret) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~";
  std::string result;
  for (const char c : secret) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (byte | 32U) >= 'a' && (byte | 32U) <= 'z';
    if (letter || (byte >= '0' && byte <= '9') || plain.find(c) != std::string_view::npos) {
      result += c;
    } else {
      result += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return result;
}

/// Each once; none for an empty secret.
inline std::vector<std::string> secret_forms(const std::string& secret) {
  if (secret.empty()) return {};
  std::vector<std::string> forms = {secret, percent_encoded_secret(secret)};
  for (std::size_t before = 0; before < 3; ++before) {
    for (const char* last_two : {"+/", "-_"}) {
      forms.push_back(base64_within(secret, before, last_two));
    }
  }
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  return forms;
}

inline bool has_secret(std::string_view text, const std::string& secret) {
  const auto forms = secret_forms(secret);
  return std::any_of(forms.begin(), forms.end(), [text](const std::string& form) {
    return text.find(form) != std::string_view::npos;
  });
}
