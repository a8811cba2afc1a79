using System.Security.Cryptography;
using System.Text;
using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Tests.Texts;

/// <summary>What somebody agreed to stays provable: other words are another version.</summary>
public sealed class ConsentTextsTests
{
    // A version once published stays here for ever, with its hashes: changed words get a new line and a new ConsentTexts.Version.
    private static readonly Dictionary<string, string> _known = new()
    {
        ["2"] = "8a493e2ad0224da3",
        ["3"] = "ebe8c5ac0cbf7d27",
        ["4"] = "24f75a8367fc2e00",
    };

    [Fact]
    public void Whoever_changes_the_words_of_a_consent_in_any_language_makes_a_new_version()
    {
        var languages = Languages.Load(Dialogs.Folder);
        var words = Languages.Codes.SelectMany(code => ConsentTexts.Keys.Select(key => languages.Of(code).Sentences.TextOf(key)));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words))))[..16];
        Assert.True(_known.GetValueOrDefault(ConsentTexts.Version) == hash, $"The consents have changed: give them a new version, whose hash is {hash}.");
    }
}
