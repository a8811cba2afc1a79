using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>What was agreed to and withdrawn is in a ledger of nobody in particular; who agreed has the id of their entry in their export.</summary>
public sealed class ConsentCanBeProven
{
    private const string Name = "Quetzalinda";

    [Fact]
    public async Task A_consent_and_its_withdrawal_are_in_the_ledger_after_everybody_is_forgotten()
    {
        await using var chats = await TrustChats.StartAsync();
        var (mother, father) = (await chats.OpenAsync(), await chats.OpenAsync());
        await chats.RegisterAsync(mother, Name, "noa-1.jpg");
        _ = await chats.SayAsync(father, await chats.ShareAsync(mother, Name));
        _ = await chats.SayAsync(father, "Yes, I agree 👍");
        _ = await mother.HearAsync();
        var text = await chats.Server.QueryAsync<string>("SELECT c.text FROM consents c JOIN guardians g ON g.participant_id = c.participant_id WHERE g.role = 'owner'");

        var given = await LedgerAsync(chats);
        Assert.Equal(2, given.Count);
        Assert.All(given, entry => Assert.Null(entry["withdrawnAt"]));
        Assert.Contains(given, entry => $"{entry["textHash"]}" == ConsentLedger.HashOf(text!));
        Assert.Equal(["Yes, I agree 👍", "yes"], given.Select(entry => $"{entry["said"]}").Order(StringComparer.Ordinal));
        Assert.All(given, entry => Assert.Equal("directline", $"{entry["channel"]}"));

        var own = Assert.Single((await ExportAsync(chats, father))["consentLedger"]!.AsArray())!;
        Assert.Equal("Yes, I agree 👍", $"{own["said"]}");
        Assert.Contains($"{own["id"]}", given.Select(entry => $"{entry["id"]}"));

        _ = await chats.SayAsync(father, "remove child");
        _ = await chats.SayAsync(father, "yes");
        await chats.QuietAsync();
        var left = Assert.Single(await LedgerAsync(chats), entry => entry["withdrawnAt"] is not null);
        Assert.Equal($"{own["id"]}", $"{left["id"]}");

        await chats.RemoveAsync(mother, Name);
        _ = await chats.SayAsync(mother, "forget me");
        await mother.SayAsync("the last one", "yes", []);
        await chats.ErasedAsync();
        var after = await LedgerAsync(chats);
        Assert.Equal(2, after.Count);
        Assert.All(after, entry => Assert.NotNull(entry["withdrawnAt"]));
        Assert.Equal(0, await chats.Server.QueryAsync<long>("SELECT COUNT(*) FROM consent_entries e JOIN guardians g ON g.participant_id = e.participant_id"));
        Assert.Empty(ByteSearch.Texts(chats.Server.Data, Name));
    }

    [Fact]
    public async Task An_export_has_what_the_tables_have()
    {
        await using var chats = await TrustChats.StartAsync();
        var mother = await chats.OpenAsync();
        await chats.RegisterAsync(mother, Name, "noa-1.jpg");
        _ = await chats.ShareAsync(mother, Name);
        await chats.ChangeAsync(
            """
            UPDATE participants SET profile_name = 'Dana';
            INSERT INTO requests (id, number, kind, person_id, from_id, to_id, state, details, created_at) SELECT 'r', 4821, 'guardian', 'x', id, id, 'open', '{}', 1 FROM participants;
            INSERT INTO face_tags (face_id, voter, verdict, person_id, at) SELECT 'f', 'participant:' || id, 'is', 'x', 1 FROM participants;
            INSERT INTO invitations (code_hash, group_id, question_id, voter, created_at) SELECT 'h', 'class', 'q', 'participant:' || id, 1 FROM participants;
            """);

        var export = await ExportAsync(chats, mother);
        Assert.Equal("Dana", $"{export["you"]!["profileName"]}");
        Assert.Equal(Name, $"{export["children"]![0]!["name"]}");
        Assert.Equal("guardian", $"{export["requestsByYou"]![0]!["kind"]}");
        Assert.Equal("guardian", $"{export["requestsToYou"]![0]!["kind"]}");
        Assert.Equal("is", $"{export["votes"]![0]!["verdict"]}");
        Assert.Equal("Class", $"{export["invitationsByYou"]![0]!["groupName"]}");
        Assert.Equal("share", $"{export["codesYouMade"]![0]!["kind"]}");
        Assert.Equal("owner", $"{export["guardians"]![0]!["role"]}");
        Assert.Equal(Name, $"{export["consents"]![0]!["child"]}");
        Assert.Equal(Name, $"{export["learnedFaces"]![0]!["child"]}");
    }

    private static async Task<IReadOnlyList<JsonNode>> LedgerAsync(TrustChats chats)
    {
        var run = await CommandLineRun.OfAsync("consents", "export", "--data", chats.Server.Data);
        Assert.DoesNotContain(Name, run.Out, StringComparison.Ordinal);
        return [.. JsonNode.Parse(run.Out)!.AsArray().Select(entry => entry!)];
    }

    private static async Task<JsonObject> ExportAsync(TrustChats chats, DirectLineChat chat)
    {
        _ = await chats.SayAsync(chat, "export");
        return JsonNode.Parse(await File.ReadAllBytesAsync(chats.Server.FilesIn("outbound").Where(file => file.EndsWith(".json", StringComparison.Ordinal)).MaxBy(File.GetCreationTimeUtc)!))!.AsObject();
    }
}
