using System.Text.Json;
using Atmosphere.Bot.Console;
using Atmosphere.Recognition.Faces.Onnx.Models;

namespace Atmosphere.Bot.Tests.Console;

public sealed class ModelsVerbTests : IDisposable
{
    private const string Weights = "face-reidentification-retail-0095.bin";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_model_is_fetched_checked_and_works()
    {
        await using var vendor = await ModelVendor.StartAsync();
        Assert.Contains("not here", await JsonOfAsync("intel"), StringComparison.Ordinal);

        var get = await GetAsync(vendor, "intel");
        Assert.True(get.Code == ExitCode.Success, get.Error);
        Assert.Contains("intel is here and is the file that was measured (Apache-2.0).", get.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("not here", await JsonOfAsync("intel"), StringComparison.Ordinal);

        var check = await RunAsync("models", "check", "intel");
        Assert.True(check.Code == ExitCode.Success, check.Out + check.Error);
        Assert.Contains("OK    intel: works", check.Out, StringComparison.Ordinal);

        // What is here is not fetched again.
        var asked = vendor.Requests.Count;
        Assert.Equal(ExitCode.Success, (await GetAsync(vendor, "intel")).Code);
        Assert.Equal(asked, vendor.Requests.Count);
    }

    [Fact]
    public async Task A_broken_connection_is_continued_where_it_broke()
    {
        await using var vendor = await ModelVendor.StartAsync();
        vendor.BreaksAfter.Enqueue(100_000);
        vendor.BreaksAfter.Enqueue(50_000);

        var get = await GetAsync(vendor, "yunet");

        Assert.True(get.Code == ExitCode.Success, get.Error);
        var ranges = vendor.Requests.Select(request => request.Range).ToArray();
        Assert.Equal(3, ranges.Length);
        Assert.Null(ranges[0]);
        Assert.All(ranges[1..], range => Assert.Matches("^bytes=[1-9][0-9]*-$", range!));
    }

    [Fact]
    public async Task A_download_that_stopped_is_continued_by_the_next_command()
    {
        await using var vendor = await ModelVendor.StartAsync();
        vendor.BreaksAfter.Enqueue(100_000);
        for (var i = 0; i < 4; i++)
            vendor.BreaksAfter.Enqueue(0);

        var broken = await GetAsync(vendor, "yunet");
        Assert.Equal(ExitCode.Failure, broken.Code);
        Assert.Contains("Run the command again to continue at ", broken.Error, StringComparison.Ordinal);
        Assert.Contains("not here", await JsonOfAsync("yunet"), StringComparison.Ordinal);

        vendor.Requests.Clear();
        Assert.Equal(ExitCode.Success, (await GetAsync(vendor, "yunet")).Code);
        Assert.NotNull(Assert.Single(vendor.Requests).Range);
    }

    [Fact]
    public async Task A_server_that_does_not_continue_sends_all_of_it_again()
    {
        await using var vendor = await ModelVendor.StartAsync();
        vendor.Continues = false;
        vendor.BreaksAfter.Enqueue(100_000);

        Assert.Equal(ExitCode.Success, (await GetAsync(vendor, "yunet")).Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("models", "check", "yunet")).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_file_than_the_measured_one_is_refused_and_deleted(bool longer)
    {
        await using var vendor = await ModelVendor.StartAsync();
        vendor.Sends = file => longer ? [.. file, 0] : [.. file[..^1], (byte)~file[^1]];

        var get = await GetAsync(vendor, "yunet");

        Assert.Equal(ExitCode.Failure, get.Code);
        Assert.Contains(longer ? "sends more than the 322,906 bytes" : "is not the file that was measured", get.Error, StringComparison.Ordinal);
        Assert.Contains("not here", await JsonOfAsync("yunet"), StringComparison.Ordinal);
        vendor.Sends = file => file;
        Assert.Equal(ExitCode.Success, (await GetAsync(vendor, "yunet")).Code);
    }

    [Fact]
    public async Task A_missing_file_is_told_with_its_address_and_the_remedy()
    {
        await using var vendor = await ModelVendor.StartAsync();

        var get = await RunAsync("models", "get", "yunet", "--from", $"{vendor.Address}gone/");

        Assert.Equal(ExitCode.Failure, get.Code);
        Assert.Contains($"{vendor.Address}gone/yunet_n_dynamic.onnx answered 404", get.Error, StringComparison.Ordinal);
        Assert.Contains("--from URL", get.Error, StringComparison.Ordinal);
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task It_is_fetched_through_a_proxy()
    {
        await using var proxy = await ModelVendor.StartAsync();

        var get = await RunAsync("models", "get", "yunet", "--from", "http://models.example/files", "--proxy", proxy.Address.AbsoluteUri);

        Assert.True(get.Code == ExitCode.Success, get.Error);
        Assert.Equal("/files/yunet_n_dynamic.onnx", Assert.Single(proxy.Requests).Path);
    }

    [Fact]
    public async Task A_damaged_network_fails_the_check()
    {
        await using var vendor = await ModelVendor.StartAsync();
        Assert.Equal(ExitCode.Success, (await GetAsync(vendor, "intel")).Code);
        var file = _folder["data", "models", "intel", Weights];
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[1000] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        var check = await RunAsync("models", "check");

        Assert.Equal(ExitCode.Failure, check.Code);
        Assert.Contains("FAIL  intel: ", check.Out, StringComparison.Ordinal);
        Assert.Contains("OK    face-api: works", check.Out, StringComparison.Ordinal);
        Assert.Contains("atmosphere models get", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_network_needs_its_rules_or_names_nobody()
    {
        var path = _folder["My_Faces.onnx"];
        var graph = new OnnxGraph("mean colour");
        graph.Output("colour", graph.Flatten(graph.GlobalAveragePool(graph.Input("faces", 1, 3, 112, 112))), 1, 3);
        await File.WriteAllBytesAsync(path, graph.ToModel());

        var refused = await RunAsync("models", "add", path, "--family", "sface");
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("--rules FILE, or --unmeasured", refused.Error, StringComparison.Ordinal);

        var unknown = await RunAsync("models", "add", path, "--family", "yolo", "--unmeasured");
        Assert.Equal(ExitCode.Failure, unknown.Code);
        Assert.Contains("Use one of sface, arcface.", unknown.Error, StringComparison.Ordinal);

        var added = await RunAsync("models", "add", path, "--family", "sface", "--unmeasured");
        Assert.True(added.Code == ExitCode.Success, added.Error);
        Assert.Contains("my-faces is added: not measured: names nobody, asks instead.", added.Out, StringComparison.Ordinal);
        Assert.Contains("OK    my-faces: works", (await RunAsync("models", "check", "my-faces")).Out, StringComparison.Ordinal);
        Assert.Contains("\"namedBelow\": -1", await JsonOfAsync("my-faces"), StringComparison.Ordinal);

        var again = await RunAsync("models", "add", path, "--family", "sface", "--unmeasured");
        Assert.Contains("There is a model 'my-faces' already.", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_network_of_the_family_is_not_added()
    {
        await File.WriteAllTextAsync(_folder["text.onnx"], "no network");

        var run = await RunAsync("models", "add", _folder["text.onnx"], "--family", "arcface", "--unmeasured");

        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.Contains("text.onnx is not a network of the family arcface", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("text", (await RunAsync("models", "list")).Out, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandLineRun> GetAsync(ModelVendor vendor, string name) => RunAsync("models", "get", name, "--from", vendor.Address.AbsoluteUri);

    private Task<CommandLineRun> RunAsync(params string[] arguments) => CommandLineRun.OfAsync([.. arguments, "--data", _folder["data"]]);

    private async Task<string> JsonOfAsync(string name)
    {
        using var models = JsonDocument.Parse((await RunAsync("models", "list", "--json")).Out);
        return models.RootElement.EnumerateArray().Single(model => model.GetProperty("name").GetString() == name).GetRawText();
    }
}
