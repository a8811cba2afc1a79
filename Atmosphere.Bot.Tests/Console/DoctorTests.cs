using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Atmosphere.Bot.Console;

namespace Atmosphere.Bot.Tests.Console;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task On_a_machine_that_has_everything_each_line_is_ok()
    {
        var run = await CommandLineRun.OfAsync("doctor", "--data", _folder["data"], "--urls", "http://127.0.0.1:0");

        Assert.True(run.Code == ExitCode.Success, run.Out);
        Assert.All(run.Out.TrimEnd().Split('\n'), line => Assert.StartsWith("OK ", line, StringComparison.Ordinal));
        foreach (var part in new[] { "libvips: 8.", "ONNX Runtime: 1.", "SQLite: 3.", "face networks: ", "free disk", "data folder" })
            Assert.Contains(part, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_named_with_the_remedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{((IPEndPoint)other.LocalEndpoint).Port}");

        var run = await CommandLineRun.OfAsync("doctor", "--data", _folder["data"], "--urls", url);

        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.Contains($"FAIL  address: {url} is in use", run.Out, StringComparison.Ordinal);
        Assert.Contains("--urls", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_named_with_the_remedy()
    {
        await File.WriteAllTextAsync(_folder["file"], "not a folder");

        var run = await CommandLineRun.OfAsync("doctor", "--data", _folder["file", "data"], "--urls", "http://127.0.0.1:0");

        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.Contains("FAIL  data folder: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("--data", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_weights_are_named_with_the_remedy()
    {
        var run = await CommandLineRun.OfAsync(
            "doctor", "--data", _folder["data"], "--urls", "http://127.0.0.1:0", $"--Atmosphere:Faces:Models:Weights={_folder["nothing"]}");

        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.Contains("FAIL  face networks: ", run.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
