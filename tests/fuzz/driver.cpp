// Runs a fuzz target where the compiler has no libFuzzer: every input of the corpus, then by turns any bytes and inputs
// that are changed from the corpus at random, the same ones for the same seed. It takes the options of libFuzzer that
// the project uses:
//
//     fuzz_facts [-runs=N] [-max_total_time=SECONDS] [-seed=N] [-artifact_prefix=PATH] [FOLDER or FILE]...
//
// Without a bound it runs until it is stopped. The input that is running when the process dies, or that takes longer
// than 25 seconds of processor time, is kept in the file PATHcrash.

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "mutation.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace wagefit::fuzz;
using Clock = std::chrono::steady_clock;

constexpr unsigned slowest_run = 25;  // seconds

struct Settings {
    std::uint64_t runs = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t max_total_time = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t seed = 1;
    std::string artifact_prefix;
    std::vector<std::filesystem::path> corpus;
};

/// What the handler of a signal can reach.
struct Running {
    Input input;
    std::string file;
};

Running& running() {
    static Running only;
    return only;
}

/// Keeps the input, with nothing but calls that a handler of signals may make, and lets the process die.
extern "C" void keep_input(int signal) {
    const int file = open(running().file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    if (file >= 0) {
        [[maybe_unused]] const ssize_t written = write(file, running().input.data(), running().input.size());
        close(file);
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(const Input& input) {
    running().input = input;
    const itimerval limit{{}, {slowest_run, 0}};
    setitimer(ITIMER_PROF, &limit, nullptr);
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

Input read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) return value;
    std::fprintf(stderr, "%.*s is no whole number\n", static_cast<int>(text.size()), text.data());
    std::exit(2);
}

void take(std::string_view argument, Settings& settings) {
    const std::string_view value = argument.substr(std::min(argument.find('=') + 1, argument.size()));
    if (argument.starts_with("-runs="))
        settings.runs = number(value);
    else if (argument.starts_with("-max_total_time="))
        settings.max_total_time = number(value);
    else if (argument.starts_with("-seed="))
        settings.seed = number(value);
    else if (argument.starts_with("-artifact_prefix="))
        settings.artifact_prefix = value;
    else if (!argument.starts_with("-"))
        settings.corpus.emplace_back(argument);
}

/// Every file that is named or lies in a folder that is, by name.
std::vector<Input> inputs_of(const Settings& settings) {
    std::set<std::filesystem::path> files;
    for (const auto& path : settings.corpus) {
        if (!std::filesystem::is_directory(path))
            files.insert(path);
        else
            for (const auto& entry : std::filesystem::directory_iterator(path)) files.insert(entry.path());
    }
    std::vector<Input> inputs;
    for (const auto& file : files) inputs.push_back(read(file));
    return inputs;
}

/// The input of run `n`.
Input input_of(std::uint64_t n, const std::vector<Input>& corpus, Random& random) {
    if (n < corpus.size()) return corpus[n];
    if (corpus.empty() || n % 2 == 0) return fresh(random);
    const Input& other = corpus[up_to(corpus.size() - 1, random)];
    return mutated(corpus[up_to(corpus.size() - 1, random)], other, random);
}

std::uint64_t fuzz(const Settings& settings, const std::vector<Input>& corpus) {
    Random random(settings.seed);
    const auto start = Clock::now();
    std::uint64_t n_runs = 0;
    for (; n_runs < settings.runs; ++n_runs) {
        const auto passed = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - start).count();
        if (static_cast<std::uint64_t>(passed) >= settings.max_total_time) break;
        run(input_of(n_runs, corpus, random));
    }
    return n_runs;
}

}  // namespace

int main(int n_arguments, char** arguments) {
    Settings settings;
    for (int i = 1; i < n_arguments; ++i) take(arguments[i], settings);
    running().file = settings.artifact_prefix + "crash";
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGPROF}) std::signal(signal, keep_input);
    const bool is_one_file = settings.corpus.size() == 1 && std::filesystem::is_regular_file(settings.corpus.front());
    if (is_one_file) settings.runs = 1;
    std::printf("%llu runs without a finding\n", static_cast<unsigned long long>(fuzz(settings, inputs_of(settings))));
}
