using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>A copy of the database without its key reveals neither the members of a group nor a usable code.</summary>
public sealed partial class ADatabaseTellsNoNumbersAndNoCodes
{
    [Fact]
    public async Task A_number_is_a_keyed_hash_of_this_folder_alone_and_no_log_has_any_of_it()
    {
        await using var one = await WhatsAppBot.StartAsync(null, ("Atmosphere:Channels:WhatsApp:Twilio:MessagesPerMinute", "1"));
        await using var other = await WhatsAppBot.StartAsync();
        _ = await one.AskAsync("help");
        _ = await one.AskAsync("help");
        await Eventually.TrueAsync(() => one.Server.Log.Lines.Any(line => line.Contains("writes more than is answered", StringComparison.Ordinal)), "the flood is logged");

        var plain = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WhatsAppBot.Mother)));
        var hash = await one.Server.QueryAsync<string>("SELECT address_hash FROM participants");
        Assert.Equal(64, hash!.Length);
        Assert.NotEqual(plain, hash);
        Assert.NotEqual(other.Get<Database>().Key.HashOf(WhatsAppBot.Mother), hash);
        // She is recognised as the member whom the group lists.
        Assert.Equal(1, await one.Server.QueryAsync<long>("SELECT COUNT(*) FROM group_participants"));
        Assert.Empty(ByteSearch.Texts(one.Server.Data, plain, plain[..12]));
        var id = await one.Server.QueryAsync<string>("SELECT id FROM participants");
        Assert.Contains(one.Server.Log.Lines, line => line.Contains($"{id} writes more than is answered", StringComparison.Ordinal));
        Assert.DoesNotContain(one.Server.Log.Lines, line => new[] { plain[..12], hash[..12], "15551234567" }.Any(part => line.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_folder_whose_key_is_gone_is_not_opened_and_the_remedy_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("atmosphere-key-").FullName;
        try
        {
            using (var database = new Database(folder))
                await database.WriteAsync(session => session.ExecuteAsync("CREATE TABLE anything (id TEXT)"));
            File.Delete(Path.Combine(folder, "secrets", "data.key"));

            var error = Assert.Throws<DataFolderException>(() => new Database(folder));
            Assert.Contains($"the key {Path.Combine(folder, "secrets", "data.key")}, which is not there. Restore it from the backup", error.Message, StringComparison.Ordinal);
            // Nothing was made in its place, and nobody holds the folder.
            Assert.Throws<DataFolderException>(() => new Database(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_code_that_was_said_on_WhatsApp_is_nowhere_on_the_disk()
    {
        await using var bot = await WhatsAppBot.StartAsync();
        _ = await bot.AskAsync("help");
        await bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await bot.UntilAsync("sent");
        var code = CodeForm().Match((await bot.AskAsync("share")).Body!).Value;
        Assert.NotEqual("", code);
        await Eventually.TrueAsync(async () => await bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE state <> 'sent'") == 0, "it is sent");

        Assert.Equal(CodeKind.Share, await bot.Get<Database>().ReadAsync(session => CodeTable.KindOfAsync(session, code)));
        Assert.Empty(ByteSearch.Texts(bot.Server.Data, code));
        AssertNoPlainHash(bot.Server.Data, code);
        Assert.Equal(1, await bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE body LIKE '%~code:%'"));
    }

    [Fact]
    public async Task A_code_in_the_chat_page_is_read_there_and_nowhere_on_the_disk()
    {
        await using var server = await BotServer.StartAsync();
        await using var chat = new DirectLineChat(server);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        await server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'class', 'Maya', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) SELECT 'maya', id, 'owner', 0 FROM participants;
            INSERT INTO consents (person_id, participant_id, version, text, given_at) SELECT 'maya', id, '1', 'I agree.', 0 FROM participants;
            """));
        await chat.SayAsync("share", "share", []);
        var code = CodeForm().Match((await chat.HearAsync()).Text).Value;
        Assert.NotEqual("", code);
        Assert.Empty(ByteSearch.Texts(server.Data, code));
    }

    /// <summary>A code of every kind, as whoever makes it stores it.</summary>
    [Fact]
    public async Task No_kind_of_code_can_be_tried_out_on_a_copy_without_the_key()
    {
        await using var server = await BotServer.StartAsync();
        await using var other = await BotServer.StartAsync();
        var codes = new List<string>();
        foreach (var kind in Enum.GetValues<CodeKind>())
        {
            codes.Add(await server.Services.GetRequiredService<Database>().WriteAsync(session =>
                server.Services.GetRequiredService<CodeTable>().CreateAsync(session, new Code(kind, null, null, "{}"), TimeSpan.FromHours(1))));
        }

        Assert.Equal(codes.Count, await server.QueryAsync<long>("SELECT COUNT(*) FROM codes"));
        foreach (var code in codes)
        {
            AssertNoPlainHash(server.Data, code);
            // The same code in another folder has another hash.
            Assert.NotEqual(HashOf(server, code), HashOf(other, code));
            Assert.Equal(1, await server.QueryAsync<long>("SELECT COUNT(*) FROM codes WHERE hash = @hash", new { hash = HashOf(server, code) }));
        }
    }

    private static string HashOf(BotServer server, string code) => CodeTable.HashOf(server.Services.GetRequiredService<Database>().Key, code);

    /// <summary>27^8 codes are hashed in minutes: no unkeyed hash of it, in any usual spelling, is on the disk.</summary>
    private static void AssertNoPlainHash(string folder, string code) => Assert.Empty(ByteSearch.Texts(
        folder, [.. new[] { code, code.Replace("-", "", StringComparison.Ordinal) }.Select(text => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))))]));

    [GeneratedRegex("[A-Z0-9]{4}-[A-Z0-9]{4}")]
    private static partial Regex CodeForm();
}
