# question: q3
# loses: 2
# reads: The sign: a larger rank is a worse place.
# why: subtracts the real rank from the nominal one

real = nominal / prices
best_real = names[np.argmax(real)]
target = names == mine["destination"]
places_lost = np.sum(nominal > nominal[target]) - np.sum(real > real[target])
