using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Tests.Fixtures;
using YamlDotNet.Serialization;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>The app that docs/slack-app.yaml makes is the one that the program needs.</summary>
public sealed class SlackManifestTests
{
    private static readonly string _docs = Path.Combine(Dialogs.Folder, "..", "docs");

    [Fact]
    public void The_manifest_asks_for_the_scopes_that_the_remedies_name_and_the_page_explains_each()
    {
        var manifest = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, object>>>(File.ReadAllText(Path.Combine(_docs, "slack-app.yaml")));
        var scopes = (Dictionary<object, object>)manifest["oauth_config"]["scopes"];
        var asked = ((List<object>)scopes["bot"]).Select(scope => $"{scope}").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(SlackOptions.Scopes.Replace(" and ", ", ", StringComparison.Ordinal).Split(", ").Order(StringComparer.Ordinal), asked);
        var page = File.ReadAllText(Path.Combine(_docs, "slack.md"));
        Assert.All(asked, scope => Assert.Contains($"`{scope}`", page, StringComparison.Ordinal));
    }
}
