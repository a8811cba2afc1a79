using System.Diagnostics;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>Slack's published types as the judge of what we draw. They come with: npm ci --ignore-scripts in Atmosphere.Bot.Tests/peers/bot.</summary>
internal static class BlockKit
{
    private static readonly string _peers = Path.Combine(Dialogs.Folder, "..", "Atmosphere.Bot.Tests", "peers", "bot");

    /// <param name="drawn">Lists of blocks, or views.</param>
    public static async Task AllValidAsync(IEnumerable<JsonNode> drawn)
    {
        var errors = await ErrorsAsync(drawn);
        Assert.True(errors.Count == 0, string.Join('\n', errors.Take(20)));
    }

    /// <returns>What the types and Slack's limits have against it.</returns>
    public static async Task<IReadOnlyList<string>> ErrorsAsync(IEnumerable<JsonNode> drawn)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(_peers, "node_modules", "@slack", "types")) && Directory.Exists(Path.Combine(_peers, "node_modules", "ts-json-schema-generator")),
            "The npm packages @slack/types and ts-json-schema-generator are not installed; run npm ci --ignore-scripts in Atmosphere.Bot.Tests/peers/bot.");
        List<JsonNode> pieces = [.. drawn.SelectMany(Pieces)];
        var answers = await AskAsync(new JsonArray([.. pieces]));
        Assert.Equal(pieces.Count, answers.Length);
        return
        [
            .. pieces.Zip(answers).SelectMany(pair => JsonNode.Parse(pair.Second)!["errors"]!.AsArray().Select(error => $"{error} in {pair.First.ToJsonString()}")),
            .. drawn.SelectMany(SlackLimits.Broken),
        ];
    }

    private static IEnumerable<JsonNode> Pieces(JsonNode drawn) => drawn is JsonArray blocks
        ? blocks.Select(block => Piece("KnownBlock", block!))
        : [Piece((string)drawn["type"]! == "home" ? "HomeView" : "ModalView", drawn)];

    private static JsonObject Piece(string type, JsonNode value) => new() { ["type"] = type, ["value"] = value.DeepClone() };

    private static async Task<string[]> AskAsync(JsonArray pieces)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, pieces.ToJsonString());
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(_peers, "blockkit.mjs"));
        start.ArgumentList.Add(file);
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        File.Delete(file);
        Assert.True(node.ExitCode == 0, $"blockkit.mjs failed: {await errors}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
