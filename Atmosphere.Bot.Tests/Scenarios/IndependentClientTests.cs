using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Channels.Slack;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>Clients that nobody here wrote. They come with: npm ci --ignore-scripts in Atmosphere.Bot.Tests/peers/bot.</summary>
public sealed class IndependentClientTests
{
    private static readonly string _peers = Path.Combine(Dialogs.Folder, "..", "Atmosphere.Bot.Tests", "peers", "bot");

    [Fact]
    public async Task Microsofts_Direct_Line_client_registers_a_child_with_an_upload_over_the_web_socket()
    {
        SkipIfMissing("botframework-directlinejs");
        await using var server = await BotServer.StartAsync();
        var said = await RunAsync("directline.mjs", server.Address.ToString(), TranscriptFiles.Folder);
        Assert.Contains("Noa is registered", said[^1], StringComparison.Ordinal);
        Assert.Equal(8, said.Length);
    }

    [Fact]
    public async Task Microsofts_chatdown_reads_every_transcript_as_we_do()
    {
        SkipIfMissing("@microsoft/bf-chatdown");
        var files = Directory.GetFiles(Dialogs.Folder, "*.chat", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Assert.True(files.Length >= 8);
        var read = await RunAsync("chatdown.mjs", [TranscriptFiles.Folder, .. files]);
        foreach (var (file, line) in files.Zip(read))
        {
            var ours = Transcript.Read(file).Lines;
            var theirs = JsonNode.Parse(line)!;
            Assert.Equal(Path.GetFileName(file), $"{theirs["file"]}");
            Assert.Equal(ours.Count(said => said.Speaker == "bot"), (int)theirs["bot"]!);
            // Chatdown leaves out a message without a word.
            Assert.Equal(ours.Count(said => said.Speaker == "user" && (said.Text.Length > 0 || said.Attachments.Count > 0)), (int)theirs["user"]!);
            Assert.Equal(ours.Sum(said => said.Attachments.Count), (int)theirs["attachments"]!);
        }
    }

    [Fact]
    public async Task Twilios_library_signs_as_we_do_and_takes_what_we_sign()
    {
        SkipIfMissing("twilio");
        var random = new Random(4);
        var cases = Enumerable.Range(0, 300).Select(_ => TwilioRequest.Random(random)).ToList();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(cases.Select(request => request.ForTwilio())));
        var answers = (await RunAsync("twilio.mjs", file)).Select(line => JsonNode.Parse(line)!).ToList();
        File.Delete(file);
        Assert.Equal(cases.Count, answers.Count);
        foreach (var (request, answer) in cases.Zip(answers))
        {
            Assert.Equal($"{answer["signature"]}", request.Sign());
            Assert.Equal(request.IsGenuine, (bool)answer["takes"]!);
            Assert.Equal(request.IsGenuine, request.IsTaken());
        }

        Assert.Contains(cases, request => request.IsGenuine);
        Assert.Contains(cases, request => !request.IsGenuine);
    }

    [Fact]
    public async Task We_take_what_Twilios_npm_library_takes_also_where_its_SDK_refuses()
    {
        SkipIfMissing("twilio");
        const string Url = "https://bot.example.org/whatsapp/twilio";
        (string Case, string Called, string Signed, string Body, bool Npm, bool Sdk, bool We)[] table =
        [
            ("as it was told", Url, Url, "To=1&From=2", true, true, true),
            ("Twilio writes the standard port", Url, "https://bot.example.org:443/whatsapp/twilio", "To=1", true, true, true),
            ("Twilio leaves the standard port out", "https://bot.example.org:443/whatsapp/twilio", Url, "To=1", true, false, true),
            ("the standard port of http", "http://bot.example.org:80/whatsapp/twilio", "http://bot.example.org/whatsapp/twilio", "To=1", true, false, true),
            ("the same by http", "http://bot.example.org/whatsapp/twilio", "http://bot.example.org:80/whatsapp/twilio", "To=1", true, true, true),
            ("a port of our own", "https://bot.example.org:8443/whatsapp/twilio", "https://bot.example.org:8443/whatsapp/twilio", "To=1", true, true, true),
            ("a port of our own that Twilio leaves out", "https://bot.example.org:8443/whatsapp/twilio", Url, "To=1", true, true, true),
            ("capital letters in the host", "https://Bot.Example.org/whatsapp/twilio", "https://Bot.Example.org/whatsapp/twilio", "To=1", true, true, true),
            ("an address of IPv6", "https://[2001:db8::1]:8443/whatsapp/twilio", "https://[2001:db8::1]:8443/whatsapp/twilio", "To=1", true, true, true),
            ("a query", Url + "?delivery=a_1&x=%D7%A9", Url + "?delivery=a_1&x=%D7%A9", "To=1", true, true, true),
            ("no parameters", Url, Url, "", true, true, true),
            ("an empty value", Url, Url, "Body=&To=1", true, true, true),
            ("another alphabet", Url, Url, "Body=%D7%A9%D7%9C%D7%95%D7%9D&To=1", true, true, true),
            ("a repeated parameter", Url, Url, "Media=b&Media=a&To=1", true, false, true),
            ("a parameter that comes twice with one value", Url, Url, "Media=a&Media=a&To=1", true, false, true),
            ("another address", Url, Url + "/status", "To=1", false, false, false),
            ("another query", Url + "?delivery=a", Url + "?delivery=b", "To=1", false, false, false),
            ("another scheme", Url, "http://bot.example.org/whatsapp/twilio", "To=1", false, false, false),
        ];
        var cases = table.Select(row => TwilioRequest.Of(row.Called, row.Signed, row.Body)).ToList();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(cases.Select(request => request.ForTwilio())));
        var npm = (await RunAsync("twilio.mjs", file)).Select(line => (bool)JsonNode.Parse(line)!["takes"]!).ToList();
        File.Delete(file);
        Assert.Equal(
            table.Select(row => (row.Case, row.Npm, row.Sdk, row.We)),
            table.Select((row, index) => (row.Case, npm[index], cases[index].IsTakenBySdk(), cases[index].IsTaken())));
    }

    [Fact]
    public async Task Slacks_library_takes_what_we_take()
    {
        SkipIfMissing("@slack/bolt");
        var random = new Random(5);
        // Of requests from the future, Slack's library asks nothing; we do.
        var cases = Enumerable.Range(0, 500).Select(_ => SignedForSlack.Random(random)).ToList();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(cases, JsonSerializerOptions.Web));
        var answers = (await RunAsync("slack.mjs", file)).Select(line => line == "true").ToList();
        File.Delete(file);
        Assert.Equal(cases.Count, answers.Count);
        foreach (var (request, taken) in cases.Zip(answers))
            Assert.Equal(taken, request.IsTaken());
        Assert.Contains(true, answers);
        Assert.Contains(false, answers);
    }

    private static void SkipIfMissing(string package) =>
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(_peers, "node_modules", package)),
            $"The npm package {package} is not installed; run npm ci --ignore-scripts in Atmosphere.Bot.Tests/peers/bot.");

    private static async Task<string[]> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(_peers, script));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"{script} failed: {await errors}\n{output}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
