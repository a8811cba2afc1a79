using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Attacks by what somebody says or sends in a chat: each comes to nothing.</summary>
public sealed class HeldInTheChat : IAsyncLifetime
{
    private TrustChats _chats = null!;

    private BotServer Server => _chats.Server;

    /// <summary>Small files that would be huge, endless or something else when they are opened.</summary>
    private static (string Name, byte[] Bytes)[] Bombs =>
    [
        ("a billion pixels.png", DrawnPhotos.Png(30000, 30000, 1, 0, new byte[3750])),
        ("one line.png", DrawnPhotos.Png(1_000_000_000, 1, 8, 0, [0])),
        ("a colour profile.png", WithChunk("iCCP", [.. "x\0\0"u8, .. Zeros(200_000_000)])),
        ("a comment.png", WithChunk("zTXt", [.. "Comment\0\0"u8, .. Zeros(200_000_000)])),
        ("a frame header.jpg", [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0xFF, 0xDC, 0xFF, 0xDC, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xD9]),
        ("a screen.gif", [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x3B]),
        ("entities.svg", Encoding.UTF8.GetBytes(
            "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a '" + new string('a', 1000) + "'>" + string.Concat(Enumerable.Range(0, 20).Select(n => $"<!ENTITY a{n} '&a{n - 1};&a{n - 1};'>"))
            + "]><svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/><text>&a19;</text></svg>")),
        ("a script.eps", "%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file"u8.ToArray()),
        ("a playlist.jpg", "#EXTM3U\nfile:///etc/passwd\n"u8.ToArray()),
    ];

    public async ValueTask InitializeAsync() => _chats = await TrustChats.StartAsync();

    public ValueTask DisposeAsync() => _chats.DisposeAsync();

    [Fact]
    public async Task A_picture_that_is_a_bomb_costs_nothing_and_the_next_one_is_looked_at()
    {
        var chat = await _chats.OpenAsync();
        _ = await _chats.SayAsync(chat, "add child");
        _ = await _chats.SayAsync(chat, "Noa");
        foreach (var (name, bytes) in Bombs)
        {
            Assert.InRange(bytes.Length, 1, 2_000_000);
            Assert.Contains(name, await SendAsync(chat, name, bytes), StringComparison.Ordinal);
        }

        await _chats.QuietAsync();
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM dead_letters"));
        Assert.Contains("I can see the face well", await _chats.SayAsync(chat, "", "noa-1.jpg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_tries_codes_is_heard_ten_times_and_then_not_even_with_the_right_one()
    {
        var code = await Server.Services.GetRequiredService<Database>().WriteAsync(session =>
            Server.Services.GetRequiredService<CodeTable>().CreateAsync(session, new Code(CodeKind.Teacher, null, null, "{}"), TimeSpan.FromHours(1)));
        var thief = await _chats.OpenAsync();
        for (var guess = 0; guess < 10; guess++)
        {
            // One letter away from the right one, in any spelling.
            var near = $"{(code[0] == 'A' ? 'B' : 'A')}{code[1..]}";
            // A code without a digit, in small letters and without a hyphen, is words.
            var small = near.ToLowerInvariant().Replace("-", near.Any(char.IsDigit) ? " " : "-", StringComparison.Ordinal);
            Assert.Contains("I do not know this code", await _chats.SayAsync(thief, guess % 2 == 0 ? near : small), StringComparison.Ordinal);
        }

        Assert.Contains("Please try again in an hour", await _chats.SayAsync(thief, code), StringComparison.Ordinal);
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM participants WHERE teacher_since IS NOT NULL"));
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM codes WHERE used_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_teacher_of_another_group_decides_nothing_here()
    {
        var (own, other, mother) = (await _chats.OpenAsync(), await _chats.OpenAsync(), await _chats.OpenAsync());
        await _chats.ChangeAsync(
            $"""
            UPDATE participants SET teacher_since = 1 WHERE address IN ('{own.Conversation}', '{other.Conversation}');
            INSERT INTO groups (id, name, created_at, confirms, teacher_id) SELECT 'blue', 'Blue', 1, 1, id FROM participants WHERE address = '{other.Conversation}';
            DELETE FROM group_participants WHERE participant_id = (SELECT id FROM participants WHERE address = '{other.Conversation}');
            INSERT INTO group_participants (group_id, participant_id, joined_at) SELECT 'blue', id, 1 FROM participants WHERE address = '{other.Conversation}';
            UPDATE groups SET confirms = 1, teacher_id = (SELECT id FROM participants WHERE address = '{own.Conversation}') WHERE id = 'class'
            """);
        foreach (var word in (string[])["add child", "Noa"])
            _ = await _chats.SayAsync(mother, word);
        _ = await _chats.SayAsync(mother, "", "noa-1.jpg");
        foreach (var word in (string[])["done", "yes", "yes"])
            _ = await _chats.SayAsync(mother, word);
        var asked = (await own.HearAsync()).Text;
        Assert.Contains("Another parent has registered Noa", asked, StringComparison.Ordinal);
        var number = asked.Split("\"allow ")[1][..4];

        foreach (var word in new[] { $"allow {number}", $"refuse {number}", "allow", "yes", $"ALLOW {number}; allow {number}" })
        {
            var answer = await _chats.SayAsync(other, word);
            Assert.DoesNotContain("Noa", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("confirmed", answer, StringComparison.Ordinal);
        }

        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM persons WHERE confirmed_at IS NOT NULL OR state = 'erasing'"));
        Assert.Contains("Thank you, Noa is confirmed", await _chats.SayAsync(own, $"allow {number}"), StringComparison.Ordinal);
    }

    private async Task<string> SendAsync(DirectLineChat chat, string name, byte[] bytes)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", chat.Token);
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(file, "file", name);
        using var uploaded = await http.PostAsync(chat.Address("upload?userId=parent"), form);
        uploaded.EnsureSuccessStatusCode();
        return (await chat.HearAsync()).Text;
    }

    /// <summary>A good PNG with a chunk after its header.</summary>
    private static byte[] WithChunk(string name, byte[] body)
    {
        const int AfterHeader = 33;
        var png = DrawnPhotos.Png(100, 100, 8, 0, new byte[100]);
        return [.. png[..AfterHeader], .. DrawnPhotos.Chunk(name, body), .. png[AfterHeader..]];
    }

    private static byte[] Zeros(int length)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var part = new byte[1_000_000];
            for (var left = length; left > 0; left -= part.Length)
                zlib.Write(part);
        }

        return packed.ToArray();
    }
}
